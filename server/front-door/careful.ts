import type { IncomingMessage } from 'node:http'
import { isNewsroomPath } from './headers'

export type DoorRefusal = { status: number; sentence: string; headers?: Record<string, string> }

const LONGEST_ADDRESS = 2048
/** A story of 1,000,000 characters as a form, with room for its markup. Bytes. */
const LARGEST_BODY = 8 * 1024 * 1024

/** What is turned away before anybody renders anything: null lets the request in. */
export function refusalOf(
  request: IncomingMessage,
  { siteUrl, dev }: { siteUrl: URL; dev: boolean },
): DoorRefusal | null {
  const address = request.url ?? '/'
  const method = request.method ?? 'GET'
  const newsroom = isNewsroomPath(address)
  if (!isKnownHost(request, siteUrl)) return { status: 421, sentence: 'This server does not answer for that host.' }
  if (address.length > LONGEST_ADDRESS) return { status: 414, sentence: 'That address is too long.' }
  if (!address.startsWith('/') || address.startsWith('//') || !isDecodable(address))
    return { status: 400, sentence: 'That address cannot be read.' }
  const allowed = newsroom ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD']
  if (!allowed.includes(method) && !(dev && method === 'POST' && address.startsWith('/__nextjs')))
    return { status: 405, sentence: 'That cannot be done here.', headers: { Allow: allowed.join(', ') } }
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY)
    return {
      status: 413,
      sentence: 'That is too much at once. Nothing was saved; your text is still on your device.',
      headers: { Connection: 'close' },
    }
  if (method === 'POST' && newsroom && !comesFromHere(request, siteUrl))
    return {
      status: 403,
      sentence: 'This came from another site, so nothing was changed. Open the newsroom itself and try again.',
    }
  return null
}

function isKnownHost(request: IncomingMessage, siteUrl: URL): boolean {
  const host = request.headers.host?.toLowerCase()
  if (host === undefined) return false
  const port = request.socket.localPort
  return (
    host === siteUrl.host ||
    ['localhost', '127.0.0.1', '[::1]'].some((name) => host === `${name}:${port}` || (host === name && port === 80))
  )
}

/** Percent-encoding that means something, and no U+0000. */
function isDecodable(address: string): boolean {
  try {
    return (
      !/[\u0000-\u001f]/u.test(decodeURIComponent(address.replace(/\?.*$/u, ''))) &&
      !/%00/u.test(address) &&
      decodeURIComponent(address.replace(/\+/gu, ' ')) !== ''
    )
  } catch {
    return false
  }
}

/** A browser says where a form stands (Fetch metadata); an old one says at least its origin; nobody else may change anything. */
function comesFromHere(request: IncomingMessage, siteUrl: URL): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  const here = [siteUrl.origin, `http://${String(request.headers.host)}`]
  return origin === undefined ? request.headers.cookie === undefined : here.includes(origin)
}
