import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { IdRanges } from '@/domain/story/id-ranges'
import { isCompressible, type Encoding } from '../http/encodings'

/** A response of the renderer, read to its end. */
export type RenderedResponse = {
  key: string
  status: number
  contentType: string
  location: string | null
  /** A change with one of these tags makes the page stale. A page without tags is not stored. */
  tags: string[]
  /** The stories that are on the page. */
  stories: IdRanges
  /** When the page changes without an event. */
  staleAt: Date | null
  /** When the first story on the page is unpublished: after that the page is not served, not even as a stale one. */
  neverServeAfter: Date | null
  /** Files of the build (`revalidate`, `immutable`) never go stale while the process runs. */
  kind: 'page' | 'revalidate' | 'immutable'
  body: Buffer
}

/** A stored page: its body compressed once, its headers built when they are first needed. */
export type Page = Omit<RenderedResponse, 'body' | 'staleAt' | 'neverServeAfter'> & {
  /** Milliseconds since the epoch; Infinity where the page does not change without an event. */
  staleAt: number
  /** Milliseconds since the epoch, never before `staleAt`; Infinity where no story on the page has an end. */
  neverServeAfter: number
  /** Weak, because the page may be compressed again later. */
  etag: string
  /** Bytes, not compressed. */
  length: number
  bytes: Partial<Record<Encoding, Buffer>>
  /** Whether no change since the page was rendered concerns it. */
  fresh: boolean
  /** Whether the body is as small as it gets. */
  recompressed: boolean
  /** Reads since the page was rendered. */
  hits: number
  /** Header lists of a fresh hit and of a stale-if-error hit (send-page.ts). */
  headers: HeaderLists
  staleHeaders: HeaderLists
}
type HeaderLists = Partial<Record<Encoding | '304', string[]>>

const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)

/** Brotli levels: while the first reader waits, right after that, and in idle time. */
const FAST = 2
const NORMAL = 5
const BEST = 11

/** Makes a page with the fastest compression, so that the first reader can have it; `compressPage` does the rest. */
export async function makePage({ body, staleAt, neverServeAfter, ...rendered }: RenderedResponse): Promise<Page> {
  const compressible = isCompressible(rendered.contentType)
  const page: Page = {
    ...rendered,
    staleAt: Math.min(staleAt?.getTime() ?? Infinity, neverServeAfter?.getTime() ?? Infinity),
    neverServeAfter: neverServeAfter?.getTime() ?? Infinity,
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    length: body.length,
    bytes: compressible ? { br: await brotli(body, brotliOptions(FAST, body.length)) } : { identity: body },
    fresh: false,
    recompressed: !compressible,
    hits: 0,
    headers: {},
    staleHeaders: {},
  }
  if (compressible) uncompressedBodies.set(page, body)
  return page
}

/** Adds gzip and smaller brotli. The page's size changes: resize it in the store afterwards. */
export async function compressPage(page: Page) {
  if (page.bytes.identity) return
  const uncompressed = bytesOf(page, 'identity')
  page.bytes.gzip = await gzip(uncompressed)
  if (!page.recompressed) replaceBrotli(page, await brotli(uncompressed, brotliOptions(NORMAL, uncompressed.length)))
}

/** Compresses a page as small as it gets. */
export async function recompress(page: Page) {
  page.recompressed = true
  const uncompressed = bytesOf(page, 'identity')
  replaceBrotli(page, await brotli(uncompressed, brotliOptions(BEST, uncompressed.length)))
}

function replaceBrotli(page: Page, compressed: Buffer) {
  page.bytes.br = compressed
  delete page.headers.br
  delete page.staleHeaders.br
}

/** The uncompressed bodies that were needed last; others are decompressed again. Bytes. */
const uncompressedBodies = new LRUCache<Page, Buffer>({
  maxSize: 8 * 1024 * 1024,
  sizeCalculation: (uncompressed) => uncompressed.length || 1,
})

/** The body in an encoding; what is not compressible exists only as `identity`. */
export function bytesOf(page: Page, encoding: Encoding): Buffer {
  const existing = page.bytes[encoding] ?? page.bytes.identity
  if (existing !== undefined) return existing
  // A client without brotli may request the page before `compressPage` has run.
  if (encoding === 'gzip') return (page.bytes.gzip = zlib.gzipSync(bytesOf(page, 'identity')))
  const uncompressed =
    uncompressedBodies.get(page) ?? (page.bytes.br ? zlib.brotliDecompressSync(page.bytes.br) : Buffer.alloc(0))
  uncompressedBodies.set(page, uncompressed)
  return uncompressed
}

/** What a page takes in memory, bytes: about 2 KB for headers, tags and objects, 64 for each range of story ids, and its bodies. */
export function sizeOf(page: Page): number {
  return Object.values(page.bytes).reduce((sum, { length }) => sum + length, 2048 + 64 * page.stories.length)
}

function brotliOptions(quality: number, size: number): zlib.BrotliOptions {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT, BROTLI_MODE_TEXT } = zlib.constants
  return {
    params: {
      [BROTLI_PARAM_QUALITY]: quality,
      [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT,
      [BROTLI_PARAM_SIZE_HINT]: size,
    },
  }
}
