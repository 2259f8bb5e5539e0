import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { mentionsIn, type Mentions } from './mentions'

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** What the renderer delivered for an address, read whole. */
export type RenderedResponse = {
  key: string
  status: number
  contentType: string
  location: string | null
  /** The names of what it is made from; none: not to be remembered. */
  tags: string[]
  /** When it changes by itself. */
  until: Date | null
  /** When something that stands there is taken away by itself: from then on nobody is shown these bytes, whatever is broken. */
  ends: Date | null
  /** A file of this build, which no event makes stale. */
  kind: 'no' | 'for now' | 'for good'
  body: Buffer
}

/** A page as readers get it: its bytes made once, its headers too, when they are first asked for. */
export type Page = Omit<RenderedResponse, 'body' | 'until' | 'ends'> & {
  /** Milliseconds since the epoch; Infinity where it does not change by itself. */
  staleAt: number
  /** Milliseconds since the epoch, never before `until`; Infinity where nothing that stands there is known to end. */
  neverServeAfter: number
  /** Weak, because the same page may be pressed harder later. */
  etag: string
  /** Bytes, not compressed. */
  length: number
  /** Null until the page is finished: it may show anything. */
  mentions: Mentions | null
  bytes: Partial<Record<Encoding, Buffer>>
  /** Whether the newsroom has changed nothing of it since it was printed. */
  fresh: boolean
  recompressed: boolean
  /** How often it was read since it was printed. */
  hits: number
  /** Header lists, for a hit and for bytes that are old because we are broken (see send-page.ts). */
  headers: HeaderLists
  staleHeaders: HeaderLists
}
type HeaderLists = Partial<Record<Encoding | '304', string[]>>

/** Whether bytes of this type grow shorter by being packed. */
export const isCompressible = (contentType: string) => COMPRESSIBLE.test(contentType)
const COMPRESSIBLE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)|image\/svg)/u
const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)

/** Brotli levels: while the first reader waits, right after, and when there is time. */
const FAST = 2
const NORMAL = 5
const BEST = 11

/** Presses a proof into a page as quickly as the first reader wants it; `finishPage` does the rest. */
export async function makePage({ body, until, ends, ...rendered }: RenderedResponse): Promise<Page> {
  const compressible = isCompressible(rendered.contentType)
  const page: Page = {
    ...rendered,
    staleAt: Math.min(until?.getTime() ?? Infinity, ends?.getTime() ?? Infinity),
    neverServeAfter: ends?.getTime() ?? Infinity,
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    length: body.length,
    mentions: compressible ? null : new Set(),
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

/** What the first reader need not wait for: what the page mentions, smaller brotli, and gzip. Its size in memory is another afterwards. */
export async function compressPage(page: Page) {
  if (page.mentions !== null) return
  const uncompressed = bytesOf(page, 'identity')
  page.mentions = mentionsIn(uncompressed.toString())
  page.bytes.gzip = await gzip(uncompressed)
  if (!page.recompressed) replaceBrotli(page, await brotli(uncompressed, brotliOptions(NORMAL, uncompressed.length)))
}

/** Presses a page again as small as it gets; readers notice nothing but the smaller size. */
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

/** The few plain pages that somebody asked for lately; others are unpacked again when asked. Bytes. */
const uncompressedBodies = new LRUCache<Page, Buffer>({
  maxSize: 8 * 1024 * 1024,
  sizeCalculation: (uncompressed) => uncompressed.length || 1,
})

/** The body in an encoding; what cannot be compressed is there plain only. */
export function bytesOf(page: Page, encoding: Encoding): Buffer {
  const existing = page.bytes[encoding] ?? page.bytes.identity
  if (existing !== undefined) return existing
  // Somebody who reads gzip only may come before the page is finished.
  if (encoding === 'gzip') return (page.bytes.gzip = zlib.gzipSync(bytesOf(page, 'identity')))
  const uncompressed =
    uncompressedBodies.get(page) ?? (page.bytes.br ? zlib.brotliDecompressSync(page.bytes.br) : Buffer.alloc(0))
  uncompressedBodies.set(page, uncompressed)
  return uncompressed
}

/** What a page takes in memory, bytes; about 2 KB of it are headers, names and the objects themselves, and each thing it mentions takes 32. */
export function sizeOf(page: Page): number {
  return Object.values(page.bytes).reduce((sum, { length }) => sum + length, 2048 + 32 * (page.mentions?.size ?? 0))
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
