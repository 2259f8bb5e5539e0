import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { frameSources } from '@/domain/body/embed'

/** Reader pages carry no inline script, so nothing but our own file may run there; frames come from the providers of embeds and nobody else. */
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

/** For answers that show nothing: redirects, and what machines ask. */
export const emptyPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/**
 * For newsroom pages: only scripts that bear this answer's own nonce run, and those that they load. Next reads the nonce from the request
 * and writes it on its scripts. In development its tools need more.
 */
export function newsroomPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    dev ? "script-src 'self' 'unsafe-inline' 'unsafe-eval'" : `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${dev ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    // public/newsroom-worker.js. What may start scripts by its nonce may not start a worker.
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** What goes with every answer of any kind: names and values by turns, as `writeHead` takes them fastest. */
export function securityHeaders(siteUrl: URL): string[] {
  return [
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'strict-origin-when-cross-origin',
    'Permissions-Policy',
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy',
    'same-origin',
    'X-Frame-Options',
    'DENY',
    ...(siteUrl.protocol === 'https:' ? ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] : []),
  ]
}

/** The same headers for a page whose address is a secret. */
export function withoutReferrer(common: readonly string[]): string[] {
  return common.map((value, at) => (common[at - 1] === 'Referrer-Policy' ? 'no-referrer' : value))
}

/** Headers by which a stranger could steer Next or pretend to come from elsewhere, and those that are about one connection. */
const DROPPED =
  /^(?:x-forwarded-.*|forwarded|x-real-ip|x-client-address|x-middleware-.*|x-now-.*|x-vercel-.*|x-invoke-.*|x-matched-path|x-nextjs-.*|x-next-.*|x-prerender-.*|next-resume|content-security-policy.*|connection|keep-alive|upgrade|te|trailer|transfer-encoding|proxy-.*|host|accept-encoding|expect)$/u

/** What the renderer hears of a newsroom request: everything but what could deceive it. */
export function headersForRenderer(
  request: IncomingMessage,
  { siteUrl, trustProxy }: { siteUrl: URL; trustProxy: boolean },
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(request.headers)) if (!DROPPED.test(name)) headers[name] = value
  if (request.headers.origin !== undefined) headers.origin = siteUrl.origin
  return { ...headers, ...siteHeaders(siteUrl), 'x-client-address': clientAddress(request, trustProxy) }
}

/** Where the renderer stands for everybody: absolute addresses come from here, never from a reader's `Host`. */
export function siteHeaders(siteUrl: URL): OutgoingHttpHeaders {
  return {
    host: siteUrl.host,
    'x-forwarded-host': siteUrl.host,
    'x-forwarded-proto': siteUrl.protocol.slice(0, -1),
  }
}

/** Who asks: the peer, or, behind a proxy of ours, the last address that this proxy added. */
export function clientAddress(request: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',') : []
  return forwarded.at(-1)?.trim() || (request.socket.remoteAddress ?? 'unknown')
}
