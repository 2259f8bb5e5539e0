import type { IncomingMessage, ServerResponse } from 'node:http'
import { readerPolicy } from '../front-door/headers'
import { bytesOf, type Encoding, type Page } from './page'

/** RFC 9211: what the cache did for this answer. */
export type CacheStatus = string
export const HIT: CacheStatus = 'Broadsheet; hit'
export const BROKEN: CacheStatus = 'Broadsheet; hit; detail=stale-because-broken'

/**
 * Sends a page from memory. Nothing is made per request: the bytes and the header lists are the page's own.
 * @param common the headers of every answer, names and values by turns; the same list each time
 */
export function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: Page,
  status: CacheStatus,
  common: readonly string[],
) {
  const known = request.headers['if-none-match']
  if (known !== undefined && page.status === 200 && knows(known, page.etag)) {
    response.writeHead(304, headOf(page, status, '304', common)).end()
    return
  }
  const encoding = page.bytes.br ? bestEncoding(request.headers['accept-encoding']) : 'identity'
  response.writeHead(page.status, headOf(page, status, encoding, common))
  if (request.method === 'HEAD') response.end()
  else response.end(bytesOf(page, encoding))
}

/** Where the headers of hits are kept; nowhere while they change from second to second. */
function keptHeads(page: Page, status: CacheStatus) {
  if (page.ends - Date.now() <= 1000 * LONGEST_KEPT) return undefined
  if (status === HIT) return page.heads
  return status === BROKEN ? page.headsWhenBroken : undefined
}

/** The headers of a page for one purpose, as `writeHead` takes them; those of hits are made once and kept with the page, unless its end is near. */
export function headOf(
  page: Page,
  status: CacheStatus,
  purpose: Encoding | '304',
  common: readonly string[],
): string[] {
  const kept = keptHeads(page, status)
  const ready = kept?.[purpose]
  if (ready !== undefined) return ready
  const head = [
    ...common,
    'Content-Security-Policy',
    readerPolicy,
    'Cache-Control',
    cacheControl(page),
    'Vary',
    'Accept-Encoding',
    'ETag',
    page.etag,
    'Cache-Status',
    status,
  ]
  if (page.tags.length > 0) head.push('Surrogate-Key', page.tags.join(' '))
  if (page.location !== null) head.push('Location', page.location)
  if (purpose !== '304') {
    head.push('Content-Type', page.contentType, 'Content-Length', String(bytesOf(page, purpose).length))
    if (purpose !== 'identity') head.push('Content-Encoding', purpose)
  }
  if (kept) kept[purpose] = head
  return head
}

/** How long a cache in between may keep a page: as it is, while it asks for a newer one, and when it gets none because we are broken. Seconds. */
const KEPT = { fresh: 5, whileAsking: 10, whenBroken: 86_400 }
const LONGEST_KEPT = KEPT.fresh + KEPT.whenBroken

/**
 * Browsers ask again each time (304 when nothing changed); a cache of ours in between may answer for seconds, longer when we are broken
 * (RFC 5861, counted from when the seconds are over), but never after something on the page has ended.
 */
function cacheControl(page: Page): string {
  if (page.file === 'for good') return 'public, max-age=31536000, immutable'
  if (page.file === 'for now') return 'public, max-age=600'
  if (page.tags.length === 0) return 'no-store'
  const left = Math.max(0, Math.floor((page.ends - Date.now()) / 1000))
  const fresh = Math.min(KEPT.fresh, left)
  const afterwards = left - fresh
  const always = `public, max-age=0, s-maxage=${fresh}`
  if (page.status !== 200 || afterwards === 0) return always
  const whileAsking = Math.min(KEPT.whileAsking, afterwards)
  const whenBroken = Math.min(KEPT.whenBroken, afterwards)
  return `${always}, stale-while-revalidate=${whileAsking}, stale-if-error=${whenBroken}`
}

/** Does the browser hold these very words already? Weak comparison, as `If-None-Match` is defined. */
function knows(known: string, etag: string): boolean {
  return known === etag || known === '*' || known.includes(etag.slice(2))
}

/** What browsers say, read once each. */
const seen = new Map<string, Encoding>()
const SEEN_AT_MOST = 200

/** The smallest encoding that `Accept-Encoding` allows. */
export function bestEncoding(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity'
  const known = seen.get(accepted)
  if (known !== undefined) return known
  const best = readEncodings(accepted)
  if (seen.size < SEEN_AT_MOST) seen.set(accepted, best)
  return best
}

function readEncodings(accepted: string): Encoding {
  const weights = new Map<string, number>()
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim())
    const weight = parameters.find((word) => word.startsWith('q='))
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0)
  }
  const allowed = (encoding: Encoding) => (weights.get(encoding) ?? weights.get('*') ?? 0) > 0
  return allowed('br') ? 'br' : allowed('gzip') ? 'gzip' : 'identity'
}
