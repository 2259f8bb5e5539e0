import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isForMachines } from '../front-door/address'
import { sendFault } from '../front-door/fault-page'
import { nothingPolicy } from '../front-door/headers'

type Options = {
  common: readonly string[]
  ready: () => boolean
  /** What goes wrong without keeping readers away. */
  troubles: () => string[]
  metrics: () => string
  metricsToken: string | undefined
}

/**
 * What the server says about itself: `/healthz` (the process), `/readyz` (may readers be sent here?), `/metrics` (Prometheus; from this machine,
 * or with `Authorization: Bearer <METRICS_TOKEN>`). Returns false when something else was asked.
 */
export function answerForMachines(request: IncomingMessage, response: ServerResponse, options: Options): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const [path = ''] = (request.url ?? '').split('?', 1)
  if (!isForMachines(path)) return false
  if (path === '/healthz') send(response, options, 200, 'alive\n')
  else if (path === '/readyz' && options.ready())
    send(response, options, 200, ['ready', ...options.troubles(), ''].join('\n'))
  else if (path === '/readyz') send(response, options, 503, 'not ready\n')
  // To whom it may not be told, it is an address like any other that leads nowhere.
  else if (!mayReadMetrics(request, options.metricsToken)) sendFault(response, 404, options.common)
  else send(response, options, 200, options.metrics())
  return true
}

function send(response: ServerResponse, { common }: Options, status: number, text: string) {
  const head = [...common, 'Content-Security-Policy', nothingPolicy, 'Cache-Control', 'no-store']
  head.push('Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(Buffer.byteLength(text)))
  response.writeHead(status, head).end(text)
}

function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  const local = /^(?:::ffff:)?127\.|^::1$/u.test(socket.remoteAddress ?? '')
  // A proxy on this machine is no reason to tell everybody.
  const forOthers = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some((name) => headers[name] !== undefined)
  if (local && !forOthers) return true
  const given = Buffer.from(headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token ?? ''}`)
  return token !== undefined && token !== '' && given.length === wanted.length && timingSafeEqual(given, wanted)
}
