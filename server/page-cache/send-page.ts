import type { IncomingMessage, ServerResponse } from 'node:http'
import { readerPolicy } from '../http/headers'
import { bytesOf, type Encoding, type Page } from './page'

/** RFC 9211: what the cache did for this answer. */
export type CacheStatus = string
export const HIT: CacheStatus = 'Broadsheet; hit'
export const STALE_IF_ERROR: CacheStatus = 'Broadsheet; hit; detail=stale-because-broken'

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
  const ifNoneMatch = request.headers['if-none-match']
  if (ifNoneMatch !== undefined && page.status === 200 && etagMatches(ifNoneMatch, page.etag)) {
    response.writeHead(304, headersOf(page, status, '304', common)).end()
    return
  }
  const encoding = page.bytes.br ? bestEncoding(request.headers['accept-encoding']) : 'identity'
  response.writeHead(page.status, headersOf(page, status, encoding, common))
  if (request.method === 'HEAD') response.end()
  else response.end(bytesOf(page, encoding))
}

/** Where the headers of hits are kept; nowhere while they change from second to second. */
function cachedHeaders(page: Page, status: CacheStatus) {
  if (page.neverServeAfter - Date.now() <= 1000 * MAX_SHARED_AGE) return undefined
  if (status === HIT) return page.headers
  return status === STALE_IF_ERROR ? page.staleHeaders : undefined
}

/** The headers of a page for one purpose, as `writeHead` takes them; those of hits are made once and kept with the page, unless its end is near. */
export function headersOf(
  page: Page,
  status: CacheStatus,
  variant: Encoding | '304',
  common: readonly string[],
): string[] {
  const cache = cachedHeaders(page, status)
  const cached = cache?.[variant]
  if (cached !== undefined) return cached
  const headers = [
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
  if (page.tags.length > 0) headers.push('Surrogate-Key', page.tags.join(' '))
  if (page.location !== null) headers.push('Location', page.location)
  if (variant !== '304') {
    headers.push('Content-Type', page.contentType, 'Content-Length', String(bytesOf(page, variant).length))
    if (variant !== 'identity') headers.push('Content-Encoding', variant)
  }
  if (cache) cache[variant] = headers
  return headers
}

/** How long a cache in between may keep a page: as it is, while it asks for a newer one, and when it gets none because we are broken. Seconds. */
const SHARED_CACHE = { fresh: 5, whileAsking: 10, whenBroken: 86_400 }
const MAX_SHARED_AGE = SHARED_CACHE.fresh + SHARED_CACHE.whenBroken

/**
 * Browsers ask again each time (304 when nothing changed); a cache of ours in between may answer for seconds, longer when we are broken
 * (RFC 5861, counted from when the seconds are over), but never after something on the page has ended.
 */
function cacheControl(page: Page): string {
  if (page.kind === 'for good') return 'public, max-age=31536000, immutable'
  if (page.kind === 'for now') return 'public, max-age=600'
  if (page.tags.length === 0) return 'no-store'
  const remaining = Math.max(0, Math.floor((page.neverServeAfter - Date.now()) / 1000))
  const fresh = Math.min(SHARED_CACHE.fresh, remaining)
  const afterwards = remaining - fresh
  const base = `public, max-age=0, s-maxage=${fresh}`
  if (page.status !== 200 || afterwards === 0) return base
  const staleWhileRevalidate = Math.min(SHARED_CACHE.whileAsking, afterwards)
  const staleIfError = Math.min(SHARED_CACHE.whenBroken, afterwards)
  return `${base}, stale-while-revalidate=${staleWhileRevalidate}, stale-if-error=${staleIfError}`
}

/** Does the browser hold these very words already? Weak comparison, as `If-None-Match` is defined. */
function etagMatches(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch === etag || ifNoneMatch === '*' || ifNoneMatch.includes(etag.slice(2))
}

/** What browsers say, read once each. */
const parsedEncodings = new Map<string, Encoding>()
const MAX_PARSED = 200

/** The smallest encoding that `Accept-Encoding` allows. */
export function bestEncoding(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity'
  const parsed = parsedEncodings.get(accepted)
  if (parsed !== undefined) return parsed
  const best = readEncodings(accepted)
  if (parsedEncodings.size < MAX_PARSED) parsedEncodings.set(accepted, best)
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
