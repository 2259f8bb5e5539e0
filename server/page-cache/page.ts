import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import zlib from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { mentionsIn, type Mentions } from './mentions'

export const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** What the renderer delivered for an address, read whole. */
export type Proof = {
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
  file: 'no' | 'for now' | 'for good'
  body: Buffer
}

/** A page as readers get it: its bytes made once, its headers too, when they are first asked for. */
export type Page = Omit<Proof, 'body' | 'until' | 'ends'> & {
  /** Milliseconds since the epoch; Infinity where it does not change by itself. */
  until: number
  /** Milliseconds since the epoch, never before `until`; Infinity where nothing that stands there is known to end. */
  ends: number
  /** Weak, because the same page may be pressed harder later. */
  etag: string
  /** Bytes, not compressed. */
  length: number
  /** Null until the page is finished: it may show anything. */
  mentions: Mentions | null
  bytes: Partial<Record<Encoding, Buffer>>
  /** Whether the newsroom has changed nothing of it since it was printed. */
  fresh: boolean
  pressedHard: boolean
  /** How often it was read since it was printed. */
  hits: number
  /** Header lists, for a hit and for bytes that are old because we are broken (see send-page.ts). */
  heads: Heads
  headsWhenBroken: Heads
}
type Heads = Partial<Record<Encoding | '304', string[]>>

/** Whether bytes of this type grow shorter by being packed. */
export const isCompressible = (contentType: string) => COMPRESSIBLE.test(contentType)
const COMPRESSIBLE = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|javascript)|image\/svg)/u
const brotli = promisify(zlib.brotliCompress)
const gzip = promisify(zlib.gzip)

/** Brotli levels: while the first reader waits, right after, and when there is time. */
const AT_ONCE = 2
const QUICKLY = 5
const BEST = 11

/** Presses a proof into a page as quickly as the first reader wants it; `finishPage` does the rest. */
export async function makePage({ body, until, ends, ...proof }: Proof): Promise<Page> {
  const compressible = isCompressible(proof.contentType)
  const page: Page = {
    ...proof,
    until: Math.min(until?.getTime() ?? Infinity, ends?.getTime() ?? Infinity),
    ends: ends?.getTime() ?? Infinity,
    etag: `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    length: body.length,
    mentions: compressible ? null : new Set(),
    bytes: compressible ? { br: await brotli(body, brotliAt(AT_ONCE, body.length)) } : { identity: body },
    fresh: false,
    pressedHard: !compressible,
    hits: 0,
    heads: {},
    headsWhenBroken: {},
  }
  if (compressible) plainPages.set(page, body)
  return page
}

/** What the first reader need not wait for: what the page mentions, smaller brotli, and gzip. Its size in memory is another afterwards. */
export async function finishPage(page: Page) {
  if (page.mentions !== null) return
  const plain = bytesOf(page, 'identity')
  page.mentions = mentionsIn(plain.toString())
  page.bytes.gzip = await gzip(plain)
  if (!page.pressedHard) pressInto(page, await brotli(plain, brotliAt(QUICKLY, plain.length)))
}

/** Presses a page again as small as it gets; readers notice nothing but the smaller size. */
export async function pressHarder(page: Page) {
  page.pressedHard = true
  const plain = bytesOf(page, 'identity')
  pressInto(page, await brotli(plain, brotliAt(BEST, plain.length)))
}

function pressInto(page: Page, smaller: Buffer) {
  page.bytes.br = smaller
  delete page.heads.br
  delete page.headsWhenBroken.br
}

/** The few plain pages that somebody asked for lately; others are unpacked again when asked. Bytes. */
const plainPages = new LRUCache<Page, Buffer>({
  maxSize: 8 * 1024 * 1024,
  sizeCalculation: (plain) => plain.length || 1,
})

/** The body in an encoding; what cannot be compressed is there plain only. */
export function bytesOf(page: Page, encoding: Encoding): Buffer {
  const ready = page.bytes[encoding] ?? page.bytes.identity
  if (ready !== undefined) return ready
  // Somebody who reads gzip only may come before the page is finished.
  if (encoding === 'gzip') return (page.bytes.gzip = zlib.gzipSync(bytesOf(page, 'identity')))
  const plain = plainPages.get(page) ?? (page.bytes.br ? zlib.brotliDecompressSync(page.bytes.br) : Buffer.alloc(0))
  plainPages.set(page, plain)
  return plain
}

/** What a page takes in memory, bytes; about 2 KB of it are headers, names and the objects themselves, and each thing it mentions takes 32. */
export function sizeOf(page: Page): number {
  return Object.values(page.bytes).reduce((sum, { length }) => sum + length, 2048 + 32 * (page.mentions?.size ?? 0))
}

function brotliAt(quality: number, size: number): zlib.BrotliOptions {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_PARAM_SIZE_HINT, BROTLI_MODE_TEXT } = zlib.constants
  return {
    params: {
      [BROTLI_PARAM_QUALITY]: quality,
      [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT,
      [BROTLI_PARAM_SIZE_HINT]: size,
    },
  }
}
