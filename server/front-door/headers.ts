import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { PageNotes } from './document'

/** Pages that only people of the house see: passed through, never remembered. */
export function isNewsroomPath(address: string): boolean {
  return /^\/(?:admin|sign-in|sign-out|setup|welcome|api)(?:[/?#]|$)/u.test(address)
}

const readerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'inline-speculation-rules'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function securityHeaders(siteUrl: URL): [string, string][] {
  return [
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['X-Frame-Options', 'DENY'],
    ...(siteUrl.protocol === 'https:'
      ? ([['Strict-Transport-Security', 'max-age=31536000; includeSubDomains']] as [string, string][])
      : []),
  ]
}

/** What a reader page sends along: how long others may keep it, and the names by which a CDN may drop it. */
export function headersForReader(headers: OutgoingHttpHeaders, notes: PageNotes) {
  headers['content-security-policy'] = readerPolicy
  headers['cache-control'] = 'public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400'
  headers.vary = 'Accept-Encoding'
  if (notes.tags.length > 0) headers['surrogate-key'] = notes.tags.join(' ')
  delete headers['set-cookie']
}

/** Headers by which a stranger could steer Next or pretend to come from elsewhere. */
const DROPPED =
  /^(?:x-forwarded-.*|forwarded|x-real-ip|x-middleware-.*|x-now-route-matches|x-client-address|x-invoke-.*|x-matched-path|next-resume|content-security-policy.*|connection|keep-alive|upgrade|te|trailer|transfer-encoding|proxy-.*|host|accept-encoding|expect)$/u

/** Headers that only Next's own script sends; on a reader's page they would ask for something that is no page. */
const FRAMEWORK = /^(?:rsc|next-.*|cookie|authorization|if-none-match|if-modified-since|range)$/u

export function headersForRenderer(
  request: IncomingMessage,
  newsroom: boolean,
  options: { siteUrl: URL; trustProxy: boolean },
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (DROPPED.test(name) || (!newsroom && FRAMEWORK.test(name)) || value === undefined) continue
    headers[name] = value
  }
  headers.host = options.siteUrl.host
  headers['x-forwarded-host'] = options.siteUrl.host
  headers['x-forwarded-proto'] = options.siteUrl.protocol.slice(0, -1)
  headers['x-client-address'] = clientAddress(request, options.trustProxy)
  if (newsroom && request.headers.origin !== undefined) headers.origin = options.siteUrl.origin
  return headers
}

/** Who asks: the peer, or, behind a proxy of ours, the last address that this proxy added. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy
    ? String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : ''
  return forwarded || (request.socket.remoteAddress ?? 'unknown')
}
