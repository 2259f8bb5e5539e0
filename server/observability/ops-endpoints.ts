import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isOpsPath } from '../http/address'
import { sendErrorPage } from '../http/error-page'
import { emptyPolicy } from '../http/headers'

type Options = {
  common: readonly string[]
  ready: () => boolean
  /** Problems that do not make the server unready, one line each. */
  problems: () => string[]
  metrics: () => Promise<string>
  metricsToken: string | undefined
}

/**
 * Serves `/healthz` (liveness), `/readyz` (readiness) and `/metrics` (Prometheus; from this machine, or with
 * `Authorization: Bearer <METRICS_TOKEN>`).
 * @returns false when the request is for something else
 */
export async function handleOpsRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: Options,
  /** A page of another site whose name leads here (DNS rebinding) may not read the metrics. */
  hosts: ReadonlySet<string>,
): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const [path = ''] = (request.url ?? '').split('?', 1)
  if (!isOpsPath(path)) return false
  if (path === '/healthz') send(response, options, 200, 'alive\n')
  else if (path === '/readyz' && options.ready())
    send(response, options, 200, ['ready', ...options.problems(), ''].join('\n'))
  else if (path === '/readyz') send(response, options, 503, 'not ready\n')
  // Like any other path that does not exist.
  else if (!mayReadMetrics(request, options.metricsToken, hosts)) sendErrorPage(response, 404, options.common)
  else send(response, options, 200, await options.metrics())
  return true
}

function send(response: ServerResponse, { common }: Options, status: number, text: string) {
  const head = [...common, 'Content-Security-Policy', emptyPolicy, 'Cache-Control', 'no-store']
  head.push('Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(Buffer.byteLength(text)))
  response.writeHead(status, head).end(text)
}

function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | undefined, hosts: ReadonlySet<string>) {
  const local = /^(?:::ffff:)?127\.|^::1$/u.test(socket.remoteAddress ?? '')
  // A proxy on this machine forwards requests of anyone.
  const isForwarded = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => headers[name] !== undefined)
  const isKnownHost = hosts.has((headers.host ?? '').toLowerCase())
  if (local && !isForwarded && isKnownHost) return true
  const actual = Buffer.from(headers.authorization ?? '')
  const expected = Buffer.from(`Bearer ${token ?? ''}`)
  return token !== undefined && token !== '' && actual.length === expected.length && timingSafeEqual(actual, expected)
}
