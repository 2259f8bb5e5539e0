import type { IncomingMessage, ServerResponse } from 'node:http'
import { bestEncoding, type Encoding } from '../http/encodings'
import { readerPolicy } from '../http/headers'
import { bytesOf, type Page } from './page'

/** The `Cache-Status` header (RFC 9211). */
type CacheStatus = string
export const HIT: CacheStatus = 'Broadsheet; hit'
export const STALE_IF_ERROR: CacheStatus = 'Broadsheet; hit; detail=stale-if-error'

/**
 * Sends a stored page without building anything per request.
 * @param common the headers of every response, names and values alternating; the same list each time
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

/** Where a page's header lists are cached; undefined where `Cache-Control` changes every second because the page's end is near. */
function cachedHeaders(page: Page, status: CacheStatus) {
  if (page.neverServeAfter - Date.now() <= 1000 * MAX_SHARED_AGE) return undefined
  if (status === HIT) return page.headers
  return status === STALE_IF_ERROR ? page.staleHeaders : undefined
}

/** The header list of a page for `writeHead`; for hits it is built once and cached with the page. */
export function headersOf(
  page: Page,
  status: CacheStatus,
  variant: Encoding | '304',
  common: readonly string[],
): string[] {
  const cache = cachedHeaders(page, status)
  const cached = cache?.[variant]
  if (cached !== undefined) return cached
  const headers = [...common, 'Content-Security-Policy', readerPolicy, 'Cache-Control', cacheControl(page)]
  headers.push('Vary', 'Accept-Encoding', 'ETag', page.etag, 'Cache-Status', status)
  if (page.tags.length > 0) headers.push('Surrogate-Key', page.tags.join(' '))
  if (page.location !== null) headers.push('Location', page.location)
  if (variant !== '304') {
    headers.push('Content-Type', page.contentType, 'Content-Length', String(bytesOf(page, variant).length))
    if (variant !== 'identity') headers.push('Content-Encoding', variant)
  }
  if (cache) cache[variant] = headers
  return headers
}

/** `s-maxage`, `stale-while-revalidate` and `stale-if-error` for shared caches. Seconds. */
const SHARED_CACHE = { maxAge: 5, staleWhileRevalidate: 10, staleIfError: 86_400 }
const MAX_SHARED_AGE = SHARED_CACHE.maxAge + SHARED_CACHE.staleIfError

/**
 * Browsers revalidate every time (304 when nothing changed). A shared cache may serve a page for seconds, longer after errors (RFC 5861,
 * counted from the end of `s-maxage`), but not after a story on the page has ended.
 */
function cacheControl(page: Page): string {
  if (page.kind === 'immutable') return 'public, max-age=31536000, immutable'
  if (page.kind === 'revalidate') return 'public, max-age=600'
  if (page.tags.length === 0) return 'no-store'
  const remaining = Math.max(0, Math.floor((page.neverServeAfter - Date.now()) / 1000))
  const maxAge = Math.min(SHARED_CACHE.maxAge, remaining)
  const afterwards = remaining - maxAge
  const base = `public, max-age=0, s-maxage=${maxAge}`
  if (page.status !== 200 || afterwards === 0) return base
  const staleWhileRevalidate = Math.min(SHARED_CACHE.staleWhileRevalidate, afterwards)
  const staleIfError = Math.min(SHARED_CACHE.staleIfError, afterwards)
  return `${base}, stale-while-revalidate=${staleWhileRevalidate}, stale-if-error=${staleIfError}`
}

/** Weak comparison, as `If-None-Match` is defined (RFC 9110, 13.1.2). */
function etagMatches(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch === etag || ifNoneMatch === '*' || ifNoneMatch.includes(etag.slice(2))
}
