import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import process from 'node:process'
import type { Logger } from 'pino'
import { Metrics } from '../observing/metrics'
import { answerForMachines } from '../observing/own-answers'
import type { ScheduleSeen } from '../observing/schedule-watch'
import { observer, withoutKey } from '../observing/request-log'
import { pageKey } from '../page-cache/page-key'
import { PageRoom } from '../page-cache/page-room'
import { isNewsroomPath, readAddress, type Address } from './address'
import { knownHosts, refusalOf, unreadable, type DoorRefusal } from './careful'
import { drainServer } from './drain'
import { sendFault } from './fault-page'
import { nothingPolicy, securityHeaders } from './headers'
import { Newsroom } from './newsroom'
import { Readers } from './readers'
import { passUpgrade, refuseUpgrade, wholeAnswer } from './upgrade'

export type FrontDoorOptions = {
  siteUrl: URL
  port: number
  renderer: { readonly origin: string | null }
  dataDir: string
  trustProxy: boolean
  metricsToken: string | undefined
  /** How much of readers' pages may be remembered. Bytes. */
  pageMemory: number
  dev: boolean
  log: Logger
  schedule: ScheduleSeen
}

export type FrontDoor = {
  server: Server
  pages: PageRoom
  /** Stops taking requests in, finishes those that run (at most 20 s), and lets everything go. */
  drain: () => Promise<void>
}

/** Milliseconds. */
const LIMITS = {
  headersTimeout: 8000,
  requestTimeout: 15_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  // A request without a host is turned away by us, with our headers.
  requireHostHeader: false,
}

/** Bytes. */
const LARGEST_HEAD = 16 * 1024

/** The process that readers and editors speak to; see docs/operating.md. */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const { siteUrl, renderer, log, dev, schedule } = options
  const common = securityHeaders(siteUrl)
  const hosts = knownHosts(siteUrl, options.port)
  const metrics = new Metrics()
  const observe = observer(metrics, log)
  const pages = new PageRoom({
    siteUrl,
    dataDir: options.dataDir,
    room: options.pageMemory,
    renderer,
    metrics,
    said: (what) => log.warn(what),
  })
  const hearing = () => pages.hearing()
  const readers = new Readers({ memory: pages.memory, press: pages.press, common, hearing, observe })
  const newsroom = new Newsroom({ siteUrl, trustProxy: options.trustProxy, dev, renderer, common, hearing, observe })
  const machines = {
    common,
    metricsToken: options.metricsToken,
    ready: () => state === 'open' && (renderer.origin !== null || pages.memory.size().pages > 0),
    troubles: () => schedule.troubles(),
    metrics: () => metrics.text(gauges()),
  }
  let state: 'open' | 'draining' = 'open'

  const server = http.createServer({ ...LIMITS, maxHeaderSize: LARGEST_HEAD, noDelay: true }, (request, response) => {
    // The quick way: an address that is spelled as it is remembered, asked of a host of ours.
    const { method, url = '/' } = request
    const reads = method === 'GET' || method === 'HEAD'
    if (
      reads &&
      state === 'open' &&
      hosts.has(request.headers.host ?? '') &&
      readers.sendIfFresh(request, response, url)
    )
      return
    answer(request, response).catch((error: unknown) => {
      log.error({ error: String(error), path: withoutKey(url.split('?', 1)[0] ?? '') }, 'The front door failed')
      if (response.headersSent) response.destroy()
      else sendFault(response, 500, common)
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const ofNext = dev && request.url?.startsWith('/_next/')
    if (ofNext && renderer.origin !== null) passUpgrade(renderer.origin, request, socket, head)
    else refuseUpgrade(socket, common)
  })
  server.on('clientError', answerNonsense)
  // No more file descriptors, for one: those who are inside are served on.
  server.on('error', (error) => log.error({ error: String(error) }, 'A connection could not be taken in'))

  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (state !== 'open') response.shouldKeepAlive = false
    if (answerForMachines(request, response, machines)) return
    const address = readAddress(request.url ?? '/')
    const refusal = refusalOf(request, address, { siteUrl, dev, hosts })
    if (refusal) return refuse(request, response, refusal)
    if (address === null) return refuse(request, response, unreadable)
    if (!address.spelledOurWay && request.method !== 'POST') return sendToOurSpelling(request, response, address)
    const whole = address.question === '' ? address.path : `${address.path}?${address.question}`
    if (isNewsroomPath(address.path)) return newsroom.send(request, response, whole, 'newsroom')
    // In development Next changes pages under our hands: nothing is remembered.
    if (dev) return newsroom.send(request, response, whole, 'readers')
    const key = pageKey(address)
    return key === null ? refuse(request, response, unreadable) : readers.send(request, response, key)
  }

  function refuse(request: IncomingMessage, response: ServerResponse, { status, sentence, headers = {} }: DoorRefusal) {
    sendFault(response, status, [...common, ...Object.entries(headers).flat()], sentence)
    observe(request, response, 'refused', 0)
  }

  /** One address for each page, also for those who write it otherwise: `//europe/` is `/europe`. */
  function sendToOurSpelling(request: IncomingMessage, response: ServerResponse, { path, question }: Address) {
    const location = question === '' ? path : `${path}?${question}`
    const head = [...common, 'Content-Security-Policy', nothingPolicy, 'Location', location]
    response.writeHead(301, [...head, 'Cache-Control', 'public, max-age=600', 'Content-Length', '0']).end()
    observe(request, response, 'moved', 0)
  }

  function gauges(): Record<string, [help: string, value: number]> {
    const { pages: remembered, strays, bytes } = pages.memory.size()
    return {
      remembered_pages: ['Pages remembered under their own address.', remembered],
      remembered_strays: ['Not-found pages, redirects, searches and older lists remembered.', strays],
      remembered_bytes: ['What the remembered pages take, in bytes.', bytes],
      hearing: ['1 while changes of the newsroom are heard.', hearing() ? 1 : 0],
      renderer_broken: ['1 while the renderer, or the database behind it, shows no pages.', pages.press.broken ? 1 : 0],
      ...(schedule.overdue === null
        ? {}
        : { overdue_stories: ['What came true by itself over 30 s ago and no clock has told.', schedule.overdue] }),
      clock_failing: ['1 while the clock of this server cannot do what is due.', schedule.failing ? 1 : 0],
      resident_bytes: ['Memory of the server process, in bytes.', process.memoryUsage().rss],
    }
  }

  async function drain() {
    state = 'draining'
    newsroom.endStreams()
    await drainServer(server)
    newsroom.close()
    await pages.close()
  }

  /** What is no HTTP, or comes too slowly, is told so in one line and let go. */
  function answerNonsense(error: NodeJS.ErrnoException, socket: Duplex) {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const status = nonsense[error.code ?? ''] ?? '400 Bad Request'
    socket.end(wholeAnswer(status, common))
  }

  return { server, pages, drain }
}

const nonsense: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}
