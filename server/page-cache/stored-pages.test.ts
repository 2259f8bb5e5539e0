import { beforeAll, beforeEach, expect, test } from 'vitest'
import { sizeOf, uncompressedSize, type Page } from './page'
import { StoredPages } from './stored-pages'
import { aPage } from './page.test-support'

let sample: Page
let stored: StoredPages

beforeAll(async () => {
  sample = await aPage()
})

beforeEach(() => {
  stored = new StoredPages({ pages: 100 * sizeOf(sample), unbounded: 20 * sizeOf(page('/search?q=99999')) })
})

const page = (key: string, over: Partial<Page> = {}): Page => ({ ...sample, key, ...over })

test('a page goes stale by any of its tags, and by the tag of every page; a file of the build never does', () => {
  const ferry = page('/ferry', { tags: ['story:1', 'latest'] })
  const [tea, file] = [page('/tea'), page('/a.js', { kind: 'revalidate' })]
  for (const entry of [ferry, tea, file]) stored.set(entry)
  stored.invalidate(['latest', 'story:9'])
  expect([ferry.fresh, tea.fresh, file.fresh]).toEqual([false, true, true])
  stored.invalidate(['*'])
  expect([tea.fresh, file.fresh]).toEqual([false, true])
})

test('invalidations during a render apply to its result', () => {
  const tracker = stored.trackInvalidations()
  expect(tracker.wasInvalidated(['latest'])).toBe(false)
  stored.invalidate(['latest'])
  expect([tracker.wasInvalidated(['latest']), tracker.wasInvalidated(['story:1'])]).toEqual([true, false])
  stored.invalidate(['*'])
  expect(tracker.wasInvalidated(['story:1'])).toBe(true)
  tracker.stop()
  expect(stored.trackInvalidations().wasInvalidated(['latest'])).toBe(false)
})

test('the limits hold for 100,000 pages, and made-up keys evict no real page', () => {
  for (let n = 0; n < 50; n += 1) stored.set(page(`/europe/ferry-${n}`))
  for (let n = 0; n < 100_000; n += 1)
    stored.set(page(n % 2 === 0 ? `/none-${n}` : `/search?q=${n}`, n % 2 === 0 ? { status: 404 } : {}))
  expect(stored.size()).toMatchObject({ pages: 50, unbounded: 20 })
  // The uncompressed bodies belong to the process: tests before this one have left some.
  expect(stored.size().bytes - uncompressedSize()).toBeLessThanOrEqual(121 * sizeOf(sample))
  for (let n = 0; n < 100_000; n += 1) stored.set(page(`/europe/other-${n}`))
  expect(stored.size().pages).toBeLessThanOrEqual(100)
})

test('a key is stored once, whether found or not found', () => {
  stored.set(page('/europe/ferry-1', { status: 404 }))
  stored.set(page('/europe/ferry-1'))
  expect(stored.size()).toMatchObject({ pages: 1, unbounded: 0 })
  expect(stored.get('/europe/ferry-1')?.status).toBe(200)
  stored.set(page('/europe/ferry-1', { status: 410 }))
  expect(stored.size()).toMatchObject({ pages: 0, unbounded: 1 })
})

test('a withdrawn story deletes every stale page that names it, and no other', () => {
  const named = page('/list', { stories: [[3, 3], [5, 9]], fresh: false }) // prettier-ignore
  const own = page('/x/ferry-7', { tags: ['story:7'], fresh: false })
  const other = page('/other', { stories: [[8, 8]], fresh: false })
  for (const entry of [named, own, other]) stored.set(entry)
  stored.deleteWithdrawn([{ storyId: 7, headline: 'Ferry lost', from: null }])
  expect(stored.recentPages().map(({ key }) => key)).toEqual(['/other'])
})

test('the page read last is the first of the recent ones; a peek does not count', () => {
  for (const key of ['/a', '/b', '/c']) stored.set(page(key))
  stored.get('/a')
  stored.peek('/b')
  expect(stored.recentPages().map(({ key }) => key)).toEqual(['/a', '/c', '/b'])
})
