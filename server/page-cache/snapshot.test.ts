import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveSnapshot, loadSnapshot } from './snapshot'
import { bytesOf } from './page'
import { aPage } from './page.test-support'

const site = 'http://news.example'
let folder: string
const file = () => path.join(folder, 'remembered-pages.jsonl')

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-kept-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('pages come back as they were, but not as fresh, and never as a file', async () => {
  const pages = [
    await aPage({ body: 'Front' }),
    await aPage({ key: '/europe/ferry-1', body: 'Ferry', tags: ['story:1'] }),
  ]
  await saveSnapshot(folder, site, { pages, history: 12 })
  const restored = await loadSnapshot(folder, site)
  expect(restored.history).toBe(12)
  expect(restored.pages.map(({ key, tags, fresh, etag, kind: file }) => ({ key, tags, fresh, etag, file }))).toEqual(
    pages.map(({ key, tags, etag }) => ({ key, tags, fresh: false, etag, file: 'no' })),
  )
  expect(restored.pages.map((page) => bytesOf(page, 'identity').toString())).toEqual(['Front', 'Ferry'])
})

test('a page comes back with the moment at which a story on it ends, and after that moment not at all', async () => {
  const neverServeAfter = new Date('2099-01-01T10:00:00Z')
  const pages = [await aPage({ key: '/ends', ends: neverServeAfter }), await aPage({ key: '/stays' })]
  const ended = await aPage({ key: '/ended', ends: new Date(Date.now() - 1) })
  await saveSnapshot(folder, site, { pages: [...pages, ended], history: 1 })
  expect(await readFile(file(), 'utf8')).not.toContain('/ended')
  const restored = await loadSnapshot(folder, site)
  expect(restored.pages.map((page) => [page.key, page.neverServeAfter])).toEqual([
    ['/ends', neverServeAfter.getTime()],
    ['/stays', Infinity],
  ])
  await writeFile(
    file(),
    (await readFile(file(), 'utf8')).replace(String(neverServeAfter.getTime()), String(Date.now() - 1)),
  )
  expect((await loadSnapshot(folder, site)).pages.map(({ key }) => key)).toEqual(['/stays'])
})

test('what says that nothing is there is not kept', async () => {
  await saveSnapshot(folder, site, { pages: [await aPage({ status: 404 }), await aPage({ status: 410 })], history: 1 })
  expect((await loadSnapshot(folder, site)).pages).toEqual([])
})

test('nothing there, another site’s, and what cannot be read: as if it were not there', async () => {
  expect(await loadSnapshot(folder, site)).toEqual({ pages: [], history: 0 })
  await saveSnapshot(folder, site, { pages: [await aPage()], history: 3 })
  expect(await loadSnapshot(folder, 'http://other.example')).toEqual({ pages: [], history: 0 })
  const complete = await readFile(file(), 'utf8')
  await writeFile(file(), complete.slice(0, -10) + '\n{"key":1}\nnonsense')
  expect((await loadSnapshot(folder, site)).pages).toEqual([])
  await writeFile(file(), randomBytes(5000))
  expect(await loadSnapshot(folder, site)).toEqual({ pages: [], history: 0 })
})

test('the file stays within its bound, the most wanted pages first', async () => {
  const large = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const page = await aPage({ key: `/page-${n}` })
      return { ...page, bytes: { ...page.bytes, br: randomBytes(4 * 1024 * 1024) } }
    }),
  )
  await saveSnapshot(folder, site, { pages: large, history: 1 })
  expect((await stat(file())).size).toBeLessThan(33 * 1024 * 1024)
  expect(await readFile(file(), 'utf8')).toContain('"/page-0"')
})
