import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { z } from 'zod'
import { finishPage, makePage, type Page } from './page'

/** What is kept on disk at most. Bytes, in base64 of brotli. */
const KEPT_AT_MOST = 32 * 1024 * 1024

/** Changes when the lines below mean something else. */
const EDITION = 2

const opening = z.object({ edition: z.literal(EDITION), site: z.string(), history: z.number() })
const keptPage = z.object({
  key: z.string(),
  status: z.literal(200),
  contentType: z.string(),
  tags: z.array(z.string()),
  /** Milliseconds since the epoch; null where nothing on it is known to end. */
  ends: z.number().nullable(),
  body: z.base64(),
})

const fileIn = (dataDir: string) => path.join(dataDir, 'remembered-pages.jsonl')

/** What was kept: the pages, none of them fresh, and the last line of history they know of. */
export type Kept = { pages: Page[]; history: number }

/**
 * Keeps pages on disk, so that a server that starts while its database is away has something to show. The file is replaced whole.
 * @param pages the most wanted first; what does not fit is left out
 */
export async function keepPages(dataDir: string, site: string, { pages, history }: Kept) {
  const file = fileIn(dataDir)
  await mkdir(dataDir, { recursive: true })
  const writing = await open(`${file}.new`, 'w', 0o600)
  try {
    await writing.write(JSON.stringify({ edition: EDITION, site, history }))
    let length = 0
    // Line by line, so that nobody who reads meanwhile waits for all of them.
    for (const { key, status, contentType, tags, ends, bytes } of pages) {
      if (!bytes.br || status !== 200 || Date.now() >= ends) continue
      const kept = { key, status, contentType, tags, ends: Number.isFinite(ends) ? ends : null }
      const line = JSON.stringify({ ...kept, body: bytes.br.toString('base64') })
      length += line.length
      if (length > KEPT_AT_MOST) break
      await writing.write(`\n${line}`)
    }
  } finally {
    await writing.close()
  }
  await rename(`${file}.new`, file)
}

/** The pages kept for this site; what cannot be read, or belongs to another address, is as if it were not there. */
export async function recallPages(dataDir: string, site: string): Promise<Kept> {
  const [first = '', ...lines] = (await readFile(fileIn(dataDir), 'utf8').catch(() => '')).split('\n')
  const head = opening.safeParse(jsonOrNull(first))
  if (!head.success || head.data.site !== site) return { pages: [], history: 0 }
  const pages = await Promise.all(lines.map((line) => readPage(line)))
  return { pages: pages.filter((page) => page !== null), history: head.data.history }
}

async function readPage(line: string): Promise<Page | null> {
  const read = keptPage.safeParse(jsonOrNull(line))
  if (!read.success) return null
  const { body, ...kept } = read.data
  const ends = kept.ends === null ? null : new Date(kept.ends)
  if (ends !== null && ends.getTime() <= Date.now()) return null
  try {
    const brotli = Buffer.from(body, 'base64')
    const page = await makePage({ ...kept, ends, location: null, until: null, file: 'no', body: await unpack(brotli) })
    // It is printed again before anybody would press it harder.
    const recalled = { ...page, bytes: { br: brotli }, pressedHard: true }
    await finishPage(recalled)
    return recalled
  } catch {
    return null
  }
}

const unpack = promisify(zlib.brotliDecompress)

function jsonOrNull(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
