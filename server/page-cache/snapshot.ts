import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { z } from 'zod'
import { everyId, formatIdRanges, parseIdRanges } from '@/domain/story/id-ranges'
import { compressPage, exactBuffer, makePage, type Page } from './page'

/** Bytes, in base64 of brotli. */
const MAX_SNAPSHOT_SIZE = 32 * 1024 * 1024

/** Changes when existing fields change their meaning; the build before reads this format too. */
const FORMAT_VERSION = 2

const headerSchema = z.object({ edition: z.literal(FORMAT_VERSION), site: z.string(), history: z.number() })
const pageSchema = z.object({
  key: z.string(),
  status: z.literal(200),
  contentType: z.string(),
  /** `revalidate`: a public file, such as the icon. */
  kind: z.enum(['page', 'revalidate']).catch('page'),
  tags: z.array(z.string()),
  /** Absent where the build before wrote the page: any story may be on it. */
  stories: z.string().optional(),
  /** `neverServeAfter`, milliseconds since the epoch; null for Infinity. */
  ends: z.number().nullable(),
  body: z.base64(),
})

const snapshotPath = (dataDir: string) => path.join(dataDir, 'remembered-pages.jsonl')

/** Pages, and the last history entry that they reflect. */
type Snapshot = { pages: Page[]; history: number }

/**
 * Writes pages to disk, so that a server that starts without its database has something to serve. The file is replaced as a whole.
 * @param pages the most recently used first; what does not fit is left out
 */
export async function saveSnapshot(dataDir: string, site: string, { pages, history }: Snapshot) {
  const file = snapshotPath(dataDir)
  await mkdir(dataDir, { recursive: true })
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.write(JSON.stringify({ edition: FORMAT_VERSION, site, history }))
    let length = 0
    // Line by line, so that the event loop is not blocked for the whole file.
    for (const { key, status, contentType, kind, tags, stories, neverServeAfter, bytes } of pages) {
      if (!bytes.br || status !== 200 || Date.now() >= neverServeAfter) continue
      const ends = Number.isFinite(neverServeAfter) ? neverServeAfter : null
      const entry = { key, status, contentType, kind, tags, stories: formatIdRanges(stories), ends }
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

/** The pages saved for this site, all stale. A file or line that cannot be read, or that belongs to another site, is ignored. */
export async function loadSnapshot(dataDir: string, site: string): Promise<Snapshot> {
  const [first = '', ...lines] = (await readFile(snapshotPath(dataDir), 'utf8').catch(() => '')).split('\n')
  const header = headerSchema.safeParse(jsonOrNull(first))
  if (!header.success || header.data.site !== site) return { pages: [], history: 0 }
  const pages: (Page | null)[] = []
  // One after the other: all bodies at once, uncompressed, would take several times the snapshot.
  for (const line of lines) pages.push(await readPage(line))
  return { pages: pages.filter((page) => page !== null), history: header.data.history }
}

async function readPage(line: string): Promise<Page | null> {
  const parsed = pageSchema.safeParse(jsonOrNull(line))
  if (!parsed.success) return null
  const { body, ends, stories, ...entry } = parsed.data
  if (ends !== null && ends <= Date.now()) return null
  try {
    const compressed = Buffer.from(body, 'base64')
    const page = await makePage({
      ...entry,
      stories: stories === undefined ? everyId : parseIdRanges(stories),
      neverServeAfter: ends === null ? null : new Date(ends),
      staleAt: null,
      location: null,
      body: await decompress(compressed),
    })
    // Not worth smaller compression: the page is stale and is rendered again.
    const restored = { ...page, bytes: { br: exactBuffer(compressed) }, recompressed: true }
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
