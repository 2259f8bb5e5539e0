import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { frameSources } from '@/domain/body/embed'
import { ipAddressOf } from '@/domain/people/network'

/** Reader pages have no inline script, so only public/reader.js may run there; frames come only from the providers of embeds. */
export const readerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'inline-speculation-rules'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  `frame-src ${frameSources.join(' ')}`,
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For responses without a page: redirects, ops endpoints. */
export const emptyPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/**
 * For newsroom pages: only scripts with the nonce of this response run, and those that they load. Next reads the nonce from the request
 * and adds it to its scripts. Its development tools need more.
 */
export function newsroomPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    dev ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'" : `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${dev ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    // For public/newsroom-worker.js: a nonce does not allow workers.
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The headers of every response: names and values alternating, the fastest form for `writeHead`. */
export function securityHeaders(siteUrl: URL): string[] {
  return Object.entries({
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    ...(siteUrl.protocol === 'https:' && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
  }).flat()
}

/** The same headers for a page whose address has a token. */
export function withoutReferrer(common: readonly string[]): string[] {
  return common.map((value, at) => (common[at - 1] === 'Referrer-Policy' ? 'no-referrer' : value))
}

/** Headers that control Next or forge a client address, hop-by-hop headers, and those that announce a body: its length is that of what is sent on. */
const DROPPED =
  /^(?:x-forwarded-.*|forwarded|x-real-ip|x-client-address|x-middleware-.*|x-now-.*|x-vercel-.*|x-invoke-.*|x-matched-path|x-nextjs-.*|x-next-.*|x-prerender-.*|next-resume|content-security-policy.*|connection|keep-alive|upgrade|te|trailer|transfer-encoding|proxy-.*|host|accept-encoding|expect|content-length)$/u

/** The headers of a newsroom request that the renderer receives. */
export function headersForRenderer(
  request: IncomingMessage,
  { siteUrl, trustProxy }: { siteUrl: URL; trustProxy: boolean },
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  // RFC 9110, 7.6.1: what `Connection` lists is for this connection only.
  const listed = new Set((request.headers.connection ?? '').toLowerCase().split(/[\s,]+/u))
  for (const [name, value] of Object.entries(request.headers))
    if (!DROPPED.test(name) && !listed.has(name)) headers[name] = value
  if (request.headers.origin !== undefined) headers.origin = siteUrl.origin
  return { ...headers, ...siteHeaders(siteUrl), 'x-client-address': clientAddress(request, trustProxy) }
}

/** The site's own host: absolute addresses never depend on the client's `Host`. */
export function siteHeaders(siteUrl: URL): OutgoingHttpHeaders {
  return {
    host: siteUrl.host,
    'x-forwarded-host': siteUrl.host,
    'x-forwarded-proto': siteUrl.protocol.slice(0, -1),
  }
}

/** The address of the peer, or the last one that a trusted proxy added, without its port. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',') : []
  const peer = request.socket.remoteAddress ?? ''
  return ipAddressOf(forwarded.at(-1) ?? '') ?? ipAddressOf(peer) ?? 'unknown'
}
