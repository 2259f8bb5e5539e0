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

const compressBrotli = promisify(zlib.brotliCompress)
const compressGzip = promisify(zlib.gzip)
const brotli = async (body: Buffer, quality: number) =>
  exactBuffer(await compressBrotli(body, brotliOptions(quality, body.length)))
const gzip = async (body: Buffer) => exactBuffer(await compressGzip(body))

/** Brotli levels: while the first reader waits, right after that, and in idle time. */
const FAST = 2
const NORMAL = 5
const BEST = 11

/** Makes a page with the fastest compression, so that the first reader can have it; `compressPage` does the rest. */
export async function makePage(response: RenderedResponse): Promise<Page> {
  const { body, staleAt, neverServeAfter, ...rendered } = response
  const compressible = isCompressible(rendered.contentType)
  const page: Page = {
    // Copied: a part of a string keeps the whole document alive that it was read from, and so do the address and the headers of a request.
    ...structuredClone(rendered),
    staleAt: Math.min(staleAt?.getTime() ?? Infinity, neverServeAfter?.getTime() ?? Infinity),
    neverServeAfter: neverServeAfter?.getTime() ?? Infinity,
    etag: structuredClone(`W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`),
    length: body.length,
    bytes: compressible ? { br: await brotli(body, FAST) } : { identity: exactBuffer(body) },
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
  if (!page.recompressed) replaceBrotli(page, await brotli(uncompressed, NORMAL))
}

/** Compresses a page as small as it gets. */
export async function recompress(page: Page) {
  page.recompressed = true
  const uncompressed = bytesOf(page, 'identity')
  replaceBrotli(page, await brotli(uncompressed, BEST))
}

function replaceBrotli(page: Page, compressed: Buffer) {
  page.bytes.br = compressed
  delete page.headers.br
  delete page.staleHeaders.br
}

/** Bytes, of the limit of the page cache. */
export const UNCOMPRESSED_LIMIT = 2 * 1024 * 1024

/** The uncompressed bodies that were needed last; others are decompressed again. Bytes. */
const uncompressedBodies = new LRUCache<Page, Buffer>({
  maxSize: UNCOMPRESSED_LIMIT,
  // A page that is evicted from the store meanwhile is kept alive by this entry.
  sizeCalculation: (uncompressed, page) => uncompressed.length + sizeOf(page),
})

/** What the uncompressed bodies take in memory. Bytes. */
export const uncompressedSize = () => uncompressedBodies.calculatedSize

/** The body in an encoding; what is not compressible exists only as `identity`. */
export function bytesOf(page: Page, encoding: Encoding): Buffer {
  const existing = page.bytes[encoding] ?? page.bytes.identity
  if (existing !== undefined) return existing
  // A client without brotli may request the page before `compressPage` has run.
  if (encoding === 'gzip') return (page.bytes.gzip = exactBuffer(zlib.gzipSync(bytesOf(page, 'identity'))))
  const uncompressed =
    uncompressedBodies.get(page) ?? (page.bytes.br ? zlib.brotliDecompressSync(page.bytes.br) : Buffer.alloc(0))
  uncompressedBodies.set(page, uncompressed)
  return uncompressed
}

/** A page's objects and its entry in the store; a buffer with what Node keeps for it; a string, beside its characters. Bytes, measured. */
const OVERHEAD = { page: 1000, buffer: 350, string: 32, range: 80 }

/** What a page takes in memory: its bodies, tags and header lists, and the objects around them. Bytes. */
export function sizeOf(page: Page): number {
  const bodies = Object.values(page.bytes).reduce((sum, { length }) => sum + length + OVERHEAD.buffer, 0)
  const tags = page.tags.reduce((sum, tag) => sum + tag.length + OVERHEAD.string, 0)
  // The list of tags is in the headers once more.
  const strings = tags + page.tags.reduce((sum, tag) => sum + tag.length + 1, 0) + 2 * page.key.length
  return OVERHEAD.page + bodies + strings + OVERHEAD.range * page.stories.length + (page.location?.length ?? 0)
}

/** A copy without room to spare: zlib and Node's pool return parts of buffers of 8 or 16 KB, which live as long as the part. */
export function exactBuffer(bytes: Buffer): Buffer {
  if (bytes.length === bytes.buffer.byteLength) return bytes
  const copy = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(copy)
  return copy
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
