import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { everyId, parseIdRanges } from '@/domain/story/id-ranges'
import { bytesOf } from './page'
import { aPage } from './page.test-support'
import { loadSnapshot, saveSnapshot } from './snapshot'

const site = 'http://news.example'
let folder: string
const file = () => path.join(folder, 'remembered-pages.jsonl')
const editSnapshot = async (edit: (text: string) => string) => writeFile(file(), edit(await readFile(file(), 'utf8')))

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-snapshot-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('pages are restored as they were, but stale', async () => {
  const pages = [
    await aPage({ body: 'Front', stories: parseIdRanges('3 5-9') }),
    await aPage({ key: '/europe/ferry-1', body: 'Ferry', tags: ['story:1'] }),
  ]
  await saveSnapshot(folder, site, { pages, history: 12 })
  const restored = await loadSnapshot(folder, site)
  expect(restored.history).toBe(12)
  expect(restored.pages).toMatchObject(
    pages.map(({ key, tags, stories, etag }) => ({ key, tags, stories, fresh: false, etag, kind: 'page' })),
  )
  expect(restored.pages.map((page) => bytesOf(page, 'identity').toString())).toEqual(['Front', 'Ferry'])
})

test('on a page of the build before, which names no stories, there may be any story', async () => {
  await saveSnapshot(folder, site, { pages: [await aPage()], history: 1 })
  await editSnapshot((text) => text.replace('"stories":"",', ''))
  expect((await loadSnapshot(folder, site)).pages.map(({ stories }) => stories)).toEqual([everyId])
})

test('a page is restored with the end of a story on it, and after that end not at all', async () => {
  const neverServeAfter = new Date('2099-01-01T10:00:00Z')
  const pages = [await aPage({ key: '/ends', neverServeAfter }), await aPage({ key: '/stays' })]
  const ended = await aPage({ key: '/ended', neverServeAfter: new Date(Date.now() - 1) })
  await saveSnapshot(folder, site, { pages: [...pages, ended], history: 1 })
  expect(await readFile(file(), 'utf8')).not.toContain('/ended')
  const restored = await loadSnapshot(folder, site)
  expect(restored.pages.map((page) => [page.key, page.neverServeAfter])).toEqual([
    ['/ends', neverServeAfter.getTime()],
    ['/stays', Infinity],
  ])
  await editSnapshot((text) => text.replace(String(neverServeAfter.getTime()), String(Date.now() - 1)))
  expect((await loadSnapshot(folder, site)).pages.map(({ key }) => key)).toEqual(['/stays'])
})

test('not-found and withdrawn pages are not saved', async () => {
  await saveSnapshot(folder, site, { pages: [await aPage({ status: 404 }), await aPage({ status: 410 })], history: 1 })
  expect((await loadSnapshot(folder, site)).pages).toEqual([])
})

test('a missing file, another site’s and an unreadable one restore no pages', async () => {
  expect(await loadSnapshot(folder, site)).toEqual({ pages: [], history: 0 })
  await saveSnapshot(folder, site, { pages: [await aPage()], history: 3 })
  expect(await loadSnapshot(folder, 'http://other.example')).toEqual({ pages: [], history: 0 })
  await editSnapshot((text) => `${text.slice(0, -10)}\n{"key":1}\nnonsense`)
  expect((await loadSnapshot(folder, site)).pages).toEqual([])
  await writeFile(file(), randomBytes(5000))
  expect(await loadSnapshot(folder, site)).toEqual({ pages: [], history: 0 })
})

test('the file stays within its limit, the most recently used pages first', async () => {
  const page = await aPage()
  const keys = Array.from({ length: 12 }, (_, n) => `/page-${n}`)
  const pages = keys.map((key) => ({ ...page, key, bytes: { br: randomBytes(4 * 1024 * 1024) } }))
  await saveSnapshot(folder, site, { pages, history: 1 })
  expect((await stat(file())).size).toBeLessThan(33 * 1024 * 1024)
  expect(await readFile(file(), 'utf8')).toContain('"/page-0"')
})
