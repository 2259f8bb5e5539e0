// Run with --expose-gc: stores pages that are parsed from documents as the renderer sends them, and writes what the store counted and what the
// process took, both in bytes.
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { extractMetadata } from '../http/page-metadata'
import { HIT, headersOf } from './send-page'
import { compressPage, makePage } from './page'
import { StoredPages } from './stored-pages'

const [kind = 'story', count = '1000'] = process.argv.slice(2)

/** Random words: they compress like real ones, and each document is another. */
const sampleText = (characters: number) =>
  Array.from({ length: characters / 8 }, () => Math.random().toString(36).slice(2, 9)).join(' ')

const shapes: Record<string, { characters: number; status: number; tags: string; contentType: string }> = {
  story: {
    characters: 12_000,
    status: 200,
    tags: 'section-slug:overley story:1234567890 sections',
    contentType: 'text/html',
  },
  'wrong address': {
    characters: 600,
    status: 404,
    tags: 'section-slug:no-such-place sections',
    contentType: 'text/html',
  },
  redirect: { characters: 16, status: 301, tags: 'story:1234567890123', contentType: 'text/html' },
  'long list': {
    characters: 4000,
    status: 200,
    tags: Array.from({ length: 200 }, (_, n) => `story:${n + 10_000_000}`).join(' '),
    contentType: 'text/html',
  },
  picture: { characters: 3000, status: 200, tags: 'section-slug:overley', contentType: 'image/png' },
}

const { gc } = globalThis
const shape = shapes[kind]
if (!gc || !shape) throw new Error('Usage: node --expose-gc … story|wrong address|redirect|long list|picture 1000')
const stored = new StoredPages({ pages: 1e9, unbounded: 1e9 })

/** Heap and buffers, bytes. */
async function used(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    gc?.()
    await pause(5)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function store(n: number, { characters, status, tags, contentType }: (typeof shapes)[string]) {
  const head = `<meta name="page-tags" content="${tags}"/><meta name="page-status" content="${status}"/>`
  const document = Buffer.from(`<html><head>${head}</head><body>${sampleText(characters)}</body></html>`).toString()
  const { html, metadata } = extractMetadata(document)
  const page = await makePage({
    ...metadata,
    key: `/overley/kite-club-${n}`,
    contentType,
    kind: 'page',
    body: Buffer.from(html),
  })
  page.fresh = true
  stored.set(page)
  await compressPage(page)
  stored.resize(page)
  headersOf(page, HIT, page.bytes.br ? 'br' : 'identity', [])
}

for (let n = 0; n < 300; n += 1) await store(n, shape)
const [before, counted] = [await used(), stored.size().bytes]
for (let n = 300; n < 300 + Number(count); n += 1) await store(n, shape)
process.stdout.write(JSON.stringify({ counted: stored.size().bytes - counted, taken: (await used()) - before }))
