import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sizeOf, type Page } from './page'
import { PageMemory } from './page-memory'
import { aPage } from './page.test-support'

let sample: Page
let memory: PageMemory

beforeAll(async () => {
  sample = await aPage()
})

beforeEach(() => {
  memory = new PageMemory({ pages: 100 * sizeOf(sample), strays: 20 * sizeOf(sample) })
})

const page = (key: string, over: Partial<Page> = {}): Page => ({ ...sample, key, ...over })

test('a page goes stale by any of its names, and by the name of everything; a file of this build never does', () => {
  const [ferry, tea, file] = [
    page('/ferry', { tags: ['story:1', 'latest'] }),
    page('/tea'),
    page('/a.js', { file: 'for now' }),
  ]
  for (const kept of [ferry, tea, file]) memory.keep(kept)
  memory.makeStale(['latest', 'story:9'])
  expect([ferry.fresh, tea.fresh, file.fresh]).toEqual([false, true, true])
  memory.makeStale(['*'])
  expect([tea.fresh, file.fresh]).toEqual([false, true])
})

test('what goes stale while a page is being printed is known when it is done', () => {
  const watch = memory.watch()
  expect(watch.madeStale(['latest'])).toBe(false)
  memory.makeStale(['latest'])
  expect([watch.madeStale(['latest']), watch.madeStale(['story:1'])]).toEqual([true, false])
  memory.makeStale(['*'])
  expect(watch.madeStale(['story:1'])).toBe(true)
  watch.end()
  expect(memory.watch().madeStale(['latest'])).toBe(false)
})

test('the room holds, for 100,000 pages, and strangers’ addresses push out no real page', () => {
  for (let n = 0; n < 50; n += 1) memory.keep(page(`/europe/ferry-${n}`))
  for (let n = 0; n < 100_000; n += 1)
    memory.keep(page(n % 2 === 0 ? `/none-${n}` : `/search?q=${n}`, n % 2 === 0 ? { status: 404 } : {}))
  expect(memory.size()).toMatchObject({ pages: 50, strays: 20 })
  expect(memory.size().bytes).toBeLessThanOrEqual(120 * sizeOf(sample))
  for (let n = 0; n < 100_000; n += 1) memory.keep(page(`/europe/other-${n}`))
  expect(memory.size().pages).toBeLessThanOrEqual(100)
})

test('a page that was not there and now is, is remembered once', () => {
  memory.keep(page('/europe/ferry-1', { status: 404 }))
  memory.keep(page('/europe/ferry-1'))
  expect(memory.size()).toMatchObject({ pages: 1, strays: 0 })
  expect(memory.find('/europe/ferry-1')?.status).toBe(200)
  memory.keep(page('/europe/ferry-1', { status: 410 }))
  expect(memory.size()).toMatchObject({ pages: 0, strays: 1 })
})

test('a withdrawn story takes every stale page with it that names it, and no other', async () => {
  const named = { ...(await aPage({ key: '/list', words: '<h3>Ferry lost</h3>' })), fresh: false }
  const linked = { ...(await aPage({ key: '/links', words: '<a href="/x/ferry-7">' })), fresh: false }
  const own = page('/x/ferry-7', { tags: ['story:7'], fresh: false })
  const other = page('/other', { fresh: false })
  for (const kept of [named, linked, own, other]) memory.keep(kept)
  memory.forgetWithdrawn([{ storyId: 7, headline: 'Ferry lost', from: null }])
  expect(memory.recentPages().map(({ key }) => key)).toEqual(['/other'])
})

test('the page read last is the first of the recent ones, and one that is only looked at grows no younger', () => {
  for (const key of ['/a', '/b', '/c']) memory.keep(page(key))
  memory.find('/a')
  memory.peek('/b')
  expect(memory.recentPages().map(({ key }) => key)).toEqual(['/a', '/c', '/b'])
})
