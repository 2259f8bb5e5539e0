import type { IncomingMessage } from 'node:http'
import { isNewsroomPath, isUploadPath, type Address } from '../http/address'

export type RequestRefusal = { status: number; message: string; headers?: Record<string, string> }

/** Characters. */
const MAX_TARGET_LENGTH = 2048

/** A form with a story of 1,000,000 characters and its markup. Bytes. */
export const MAX_BODY_SIZE = 8 * 1024 * 1024

/** What is sent to an address: with which methods, and how much at once. The rest is only read. */
function limitsOf(path: string): { methods: readonly string[]; bodySize: number } {
  // A picture is written to the disk as it arrives, and has a limit of its own (server/pictures/limits.ts).
  if (isUploadPath(path)) return { methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'], bodySize: Infinity }
  return { methods: isNewsroomPath(path) ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'], bodySize: MAX_BODY_SIZE }
}

export const contentTooLarge: RequestRefusal = {
  status: 413,
  message: 'That is too much at once. Nothing was saved; your text is still on your device.',
}

/** The values of `Host` that are allowed: the site, and this machine with the port in use. */
export function knownHosts(siteUrl: URL, port: number): ReadonlySet<string> {
  const standard = siteUrl.protocol === 'https:' ? 443 : 80
  const site = siteUrl.port === '' ? [siteUrl.hostname, `${siteUrl.hostname}:${standard}`] : [siteUrl.host]
  const local = ['localhost', '127.0.0.1', '[::1]'].map((name) => (port === 80 ? name : `${name}:${port}`))
  return new Set([...site, ...local])
}

/** Why a request is refused before anything is rendered; null where it is not. */
export function refusalOf(
  request: IncomingMessage,
  address: Address | null,
  { siteUrl, dev, hosts }: { siteUrl: URL; dev: boolean; hosts: ReadonlySet<string> },
): RequestRefusal | null {
  const method = request.method ?? 'GET'
  if (request.headers.host === undefined)
    return { status: 400, message: 'The request does not say for which host it is.' }
  if (!hosts.has(request.headers.host.toLowerCase()))
    return { status: 421, message: 'This server does not answer for that host.' }
  if ((request.url ?? '').length > MAX_TARGET_LENGTH) return { status: 414, message: 'That address is too long.' }
  if (address === null) return malformedAddress
  const { methods, bodySize } = limitsOf(address.path)
  if (!methods.includes(method) && !(dev && method === 'POST' && address.path.startsWith('/__nextjs')))
    return { status: 405, message: 'That cannot be done here.', headers: { Allow: methods.join(', ') } }
  if (Number(request.headers['content-length'] ?? 0) > bodySize) return contentTooLarge
  const isRead = method === 'GET' || method === 'HEAD'
  if (!isRead && isNewsroomPath(address.path) && !isSameOrigin(request, siteUrl))
    return {
      status: 403,
      message: 'This came from another site, so nothing was changed. Open the newsroom itself and try again.',
    }
  return null
}

export const unknownExpectation: RequestRefusal = {
  status: 417,
  message: 'This server does not do what the request expects.',
}

export const malformedAddress: RequestRefusal = { status: 400, message: 'That address cannot be read.' }

/** By Fetch Metadata; by `Origin` in old browsers; a client that sends neither may not send a cookie. */
function isSameOrigin(request: IncomingMessage, siteUrl: URL): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  // `refusalOf` has checked the host: the site, or this machine, which is reached without a proxy.
  const host = String(request.headers.host).toLowerCase()
  const isSite = host === siteUrl.host || host.replace(/:\d+$/u, '') === siteUrl.hostname
  const ownOrigins = isSite && siteUrl.protocol === 'https:' ? [siteUrl.origin] : [siteUrl.origin, `http://${host}`]
  return origin === undefined ? request.headers.cookie === undefined : ownOrigins.includes(origin)
}
