import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { z } from 'zod'
import { compressPage, makePage, type Page } from './page'

/** What is kept on disk at most. Bytes, in base64 of brotli. */
const MAX_SNAPSHOT_SIZE = 32 * 1024 * 1024

/** Changes when the lines below mean something else. */
const FORMAT_VERSION = 2

const headerSchema = z.object({ edition: z.literal(FORMAT_VERSION), site: z.string(), history: z.number() })
const pageSchema = z.object({
  key: z.string(),
  status: z.literal(200),
  contentType: z.string(),
  tags: z.array(z.string()),
  /** Milliseconds since the epoch; null where nothing on it is known to end. */
  ends: z.number().nullable(),
  body: z.base64(),
})

const snapshotPath = (dataDir: string) => path.join(dataDir, 'remembered-pages.jsonl')

/** What was kept: the pages, none of them fresh, and the last line of history they know of. */
export type Snapshot = { pages: Page[]; history: number }

/**
 * Keeps pages on disk, so that a server that starts while its database is away has something to show. The file is replaced whole.
 * @param pages the most wanted first; what does not fit is left out
 */
export async function saveSnapshot(dataDir: string, site: string, { pages, history }: Snapshot) {
  const file = snapshotPath(dataDir)
  await mkdir(dataDir, { recursive: true })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.write(JSON.stringify({ edition: FORMAT_VERSION, site, history }))
    let length = 0
    // Line by line, so that nobody who reads meanwhile waits for all of them.
    for (const { key, status, contentType, tags, neverServeAfter, bytes } of pages) {
      if (!bytes.br || status !== 200 || Date.now() >= neverServeAfter) continue
      const entry = { key, status, contentType, tags, ends: Number.isFinite(neverServeAfter) ? neverServeAfter : null }
      const line = JSON.stringify({ ...entry, body: bytes.br.toString('base64') })
      length += line.length
      if (length > MAX_SNAPSHOT_SIZE) break
      await handle.write(`\n${line}`)
    }
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
}

/** The pages kept for this site; what cannot be read, or belongs to another address, is as if it were not there. */
export async function loadSnapshot(dataDir: string, site: string): Promise<Snapshot> {
  const [first = '', ...lines] = (await readFile(snapshotPath(dataDir), 'utf8').catch(() => '')).split('\n')
  const header = headerSchema.safeParse(jsonOrNull(first))
  if (!header.success || header.data.site !== site) return { pages: [], history: 0 }
  const pages = await Promise.all(lines.map((line) => readPage(line)))
  return { pages: pages.filter((page) => page !== null), history: header.data.history }
}

async function readPage(line: string): Promise<Page | null> {
  const parsed = pageSchema.safeParse(jsonOrNull(line))
  if (!parsed.success) return null
  const { body, ...entry } = parsed.data
  const neverServeAfter = entry.ends === null ? null : new Date(entry.ends)
  if (neverServeAfter !== null && neverServeAfter.getTime() <= Date.now()) return null
  try {
    const brotli = Buffer.from(body, 'base64')
    const page = await makePage({
      ...entry,
      ends: neverServeAfter,
      location: null,
      until: null,
      kind: 'no',
      body: await decompress(brotli),
    })
    // It is printed again before anybody would press it harder.
    const restored = { ...page, bytes: { br: brotli }, pressedHard: true }
    await compressPage(restored)
    return restored
  } catch {
    return null
  }
}

const decompress = promisify(zlib.brotliDecompress)

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
