import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import process from 'node:process'
import type { Logger } from 'pino'
import { isNewsroomPath, isPicturePath, isUploadPath, readAddress, type Address } from '../http/address'
import { sendErrorPage } from '../http/error-page'
import { emptyPolicy, securityHeaders } from '../http/headers'
import { Metrics, type Outcome } from '../observability/metrics'
import { handleOpsRequest } from '../observability/ops-endpoints'
import { createRequestLog, redactPath } from '../observability/request-log'
import type { ScheduleHealth } from '../observability/schedule-health'
import { cacheKey } from '../page-cache/cache-key'
import { PageCache } from '../page-cache/page-cache'
import { limitBodyTime } from './body-deadline'
import { drainServer } from './drain'
import { NewsroomProxy } from './newsroom-proxy'
import { ReaderHandler } from './reader-handler'
import { destroyAfterLinger } from './linger'
import { knownHosts, malformedAddress, refusalOf, unknownExpectation, type RequestRefusal } from './request-guard'
import { untrustedProxyNotice } from './untrusted-proxy'
import { proxyUpgrade, rawResponse, refuseUpgrade } from './upgrade'

export type FrontDoorOptions = {
  siteUrl: URL
  port: number
  renderer: { readonly origin: string | null; readonly memory?: number | null; readonly replacements?: number }
  dataDir: string
  trustProxy: boolean
  metricsToken: string | undefined
  /** Limit of the page cache. Bytes. */
  maxPageBytes: number
  dev: boolean
  log: Logger
  schedule: ScheduleHealth
}

/** What answers at the addresses of pictures (server/pictures/pictures.ts). */
export type PictureAddresses = {
  handle: (request: IncomingMessage, response: ServerResponse, address: Address) => Promise<Outcome>
  /** Something with these tags has changed. */
  invalidate: (tags: readonly string[]) => void
  /** Of the renditions in memory. */
  readonly bytes: number
}

export type FrontDoor = {
  server: Server
  /** Until then pictures are unavailable. */
  usePictures: (pictures: PictureAddresses) => void
  /** Of the renditions that may be in memory. */
  pictureBytes: number
  pageCache: PageCache
  /** Stops accepting connections, finishes running requests (at most 20 s), and closes everything. */
  drain: () => Promise<void>
}

/** Milliseconds. */
const LIMITS = {
  headersTimeout: 8000,
  // The longest that a part of a picture takes; other bodies have less (body-deadline.ts).
  requestTimeout: 600_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
  // The request guard refuses a request without a host, with the security headers.
  requireHostHeader: false,
}

/** Bytes. */
const MAX_HEADER_SIZE = 16 * 1024

/** The part of the memory of pages for pictures that are asked for again and again, and its most in bytes. */
const PICTURE_SHARE = 1 / 8
const MAX_PICTURE_BYTES = 16 * 1024 * 1024

const isRead = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

/** The HTTP server for readers and the newsroom; see docs/operating.md. */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const { siteUrl, renderer, log, dev, schedule, metricsToken } = options
  const common = securityHeaders(siteUrl)
  const hosts = knownHosts(siteUrl, options.port)
  const metrics = new Metrics()
  const observe = createRequestLog(metrics, log)
  const warn = (message: string) => log.warn(message)
  const noticeProxy = untrustedProxyNotice(options.trustProxy, warn)
  const pictureBytes = Math.min(MAX_PICTURE_BYTES, Math.round(options.maxPageBytes * PICTURE_SHARE))
  let pictures: PictureAddresses | null = null
  const onStale = (tags: readonly string[]) => pictures?.invalidate(tags)
  const pageCache = new PageCache({ ...options, maxBytes: options.maxPageBytes - pictureBytes, metrics, warn, onStale })
  const readerHandler = new ReaderHandler({ ...options, pageCache, common, observe })
  const newsroomProxy = new NewsroomProxy({ ...options, common, observe, isConnected: () => pageCache.isConnected })
  const opsEndpoints = {
    common,
    metricsToken,
    ready: () => state === 'open' && (renderer.origin !== null || pageCache.stored.size().pages > 0),
    problems: () => schedule.problems(),
    metrics: () => metrics.text(),
  }
  addGauges(metrics, pageCache, options)
  metrics.gauge(
    'broadsheet_picture_cache_bytes',
    'Size of the pictures in memory, in bytes.',
    () => pictures?.bytes ?? 0,
  )
  let state: 'open' | 'draining' = 'open'

  const server = http.createServer(
    { ...LIMITS, maxHeaderSize: MAX_HEADER_SIZE, noDelay: true },
    (request, response) => {
      // The fast path: the target is a key of a fresh page, and the host is known.
      const { url = '/' } = request
      if (
        isRead(request) &&
        state === 'open' &&
        hosts.has(request.headers.host ?? '') &&
        readerHandler.sendIfFresh(request, response, url)
      )
        return
      handle(request, response).catch((error: unknown) => {
        log.error({ error: String(error), path: redactPath(url.split('?', 1)[0] ?? '') }, 'The front door failed')
        if (response.headersSent) response.destroy()
        else sendErrorPage(response, 500, common)
      })
    },
  )
  server.on('upgrade', (request, socket, head) => {
    const isNextSocket = dev && request.url?.startsWith('/_next/')
    if (isNextSocket && renderer.origin !== null) proxyUpgrade(renderer.origin, request, socket, head)
    else refuseUpgrade(socket, common)
  })
  server.on('clientError', onClientError)
  server.on('checkExpectation', (request, response) => refuse(request, response, unknownExpectation))
  server.maxConnections = maxConnections()
  // No file descriptors left, for example: open connections are still served.
  server.on('error', (error) => log.error({ error: String(error) }, 'A connection could not be accepted'))

  async function handle(request: IncomingMessage, response: ServerResponse) {
    if (state !== 'open') response.shouldKeepAlive = false
    noticeProxy(request)
    const { path: requested } = readAddress(request.url ?? '/') ?? { path: '' }
    if (!isUploadPath(requested)) limitBodyTime(request, response)
    if (await handleOpsRequest(request, response, opsEndpoints, hosts)) return
    const address = readAddress(request.url ?? '/')
    const refusal = refusalOf(request, address, { siteUrl, dev, hosts })
    if (refusal) return refuse(request, response, refusal)
    if (address === null) return refuse(request, response, malformedAddress)
    if (!address.isCanonical && isRead(request)) return redirectToCanonical(request, response, address)
    if (isPicturePath(address.path)) return handlePicture(request, response, address)
    if (isNewsroomPath(address.path)) return newsroomProxy.send(request, response, targetOf(address), 'newsroom')
    // In development nothing is cached: Next rebuilds pages at any time.
    if (dev) return newsroomProxy.send(request, response, targetOf(address), 'readers')
    const key = cacheKey(address)
    return key === null ? refuse(request, response, malformedAddress) : readerHandler.send(request, response, key)
  }

  async function handlePicture(request: IncomingMessage, response: ServerResponse, address: Address) {
    const startedAt = performance.now()
    if (pictures === null) sendErrorPage(response, 503, common)
    const outcome = pictures === null ? 'unavailable' : await pictures.handle(request, response, address)
    observe(request, response, outcome, performance.now() - startedAt)
  }

  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    { status, message, headers = {} }: RequestRefusal,
  ) {
    // Its body is not read to its end, which may never come.
    if (!request.complete) {
      response.shouldKeepAlive = false
      response.once('finish', () => destroyAfterLinger(request.socket))
    }
    sendErrorPage(response, status, [...common, ...Object.entries(headers).flat()], message)
    observe(request, response, 'refused', 0)
  }

  /** `//europe/` is `/europe`. */
  function redirectToCanonical(request: IncomingMessage, response: ServerResponse, address: Address) {
    const headers = [...common, 'Content-Security-Policy', emptyPolicy, 'Location', targetOf(address)]
    response.writeHead(301, [...headers, 'Cache-Control', 'public, max-age=600', 'Content-Length', '0']).end()
    observe(request, response, 'redirect', 0)
  }

  async function drain() {
    state = 'draining'
    newsroomProxy.endStreams()
    await drainServer(server)
    newsroomProxy.close()
    await pageCache.close()
  }

  /** Malformed or too slow requests. */
  function onClientError(error: NodeJS.ErrnoException, socket: Duplex) {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const status = clientErrorStatus[error.code ?? ''] ?? '400 Bad Request'
    socket.end(rawResponse(status, common))
    destroyAfterLinger(socket)
  }

  return { server, pageCache, drain, pictureBytes, usePictures: (used) => void (pictures = used) }
}

/** File descriptors that are left for the renderer, the database and files. */
const RESERVED_DESCRIPTORS = 1000

/** So many connections that the process keeps descriptors for its own: without them the newsroom would be cut off. */
function maxConnections(): number {
  const { userLimits } = process.report.getReport() as unknown as { userLimits?: { open_files?: { soft?: number } } }
  const limit = Number(userLimits?.open_files?.soft)
  return Math.max(200, (Number.isFinite(limit) ? limit : 10_000) - RESERVED_DESCRIPTORS)
}

const targetOf = ({ path, query }: Address) => (query === '' ? path : `${path}?${query}`)

const clientErrorStatus: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

function addGauges(metrics: Metrics, pageCache: PageCache, { schedule, renderer }: FrontDoorOptions) {
  const size = () => pageCache.stored.size()
  metrics.gauge('broadsheet_cache_pages', 'Pages cached under their canonical address.', () => size().pages)
  metrics.gauge(
    'broadsheet_cache_unbounded_pages',
    'Cached not-found pages, redirects, searches and older lists.',
    () => size().unbounded,
  )
  metrics.gauge('broadsheet_cache_bytes', 'Size of the cached pages, in bytes.', () => size().bytes)
  metrics.gauge('broadsheet_subscriber_connected', '1 while invalidation notices are received.', () =>
    Number(pageCache.isConnected),
  )
  metrics.gauge('broadsheet_circuit_breaker_open', '1 while the renderer or its database is unavailable.', () =>
    Number(pageCache.queue.isOpen),
  )
  metrics.gauge(
    'broadsheet_overdue_stories',
    'Stories that have been due for over 30 s and that no clock has settled.',
    () => schedule.overdue,
  )
  metrics.gauge('broadsheet_clock_failing', '1 while the clock of this server fails.', () => Number(schedule.failing))
  metrics.gauge(
    'broadsheet_renderer_memory_bytes',
    'Resident memory of the renderer in bytes.',
    () => renderer.memory ?? null,
  )
  metrics.gauge(
    'broadsheet_renderer_replacements',
    'How often a renderer was replaced because of its memory.',
    () => renderer.replacements ?? null,
  )
  metrics.gauge('process_resident_memory_bytes', 'Resident memory size in bytes.', () => process.memoryUsage().rss)
}
