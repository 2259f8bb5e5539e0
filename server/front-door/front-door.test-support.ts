import { once } from 'node:events'
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { NoticeHandlers } from '../invalidation/subscriber'
import type { Notice } from '../invalidation/notice'
import { ScheduleHealth } from '../observability/schedule-health'
import { createFrontDoor, type FrontDoorOptions } from './front-door'

/** A response of the fake renderer; from `tags` on, the fields are sent as the meta tags of real pages. */
export type Rendered = {
  status?: number
  headers?: Record<string, string | string[]>
  body?: string
  tags?: string
  stories?: string
  staleAt?: Date
  neverServeAfter?: Date
  pageStatus?: number
  location?: string
  /** Seconds. */
  retryAfter?: number
  /** Milliseconds. */
  delay?: number
}

export type Render = (request: IncomingMessage) => Rendered | Promise<Rendered>

/** A server in place of Next: it records requests and responds with what `render` returns. */
export async function aRenderer(render: Render) {
  const requests: IncomingMessage[] = []
  const renderer = { origin: null as string | null, requests, render }
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { status = 200, headers = {}, delay = 0, ...page } = await renderer.render(request)
    // Like Next, it reads the body before it responds.
    await request
      .resume()
      .toArray()
      .catch(() => undefined)
    await pause(delay)
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(documentOf(page))
  }
  const { origin } = await aServer((request, response) => {
    requests.push(request)
    void answer(request, response)
  })
  return Object.assign(renderer, { origin })
}

/** A server that is closed when the test is finished. */
export async function aServer(answer: http.RequestListener): Promise<{ origin: string; closeConnections: () => void }> {
  const server = http.createServer(answer)
  const origin = `http://127.0.0.1:${await portOf(server)}`
  onTestFinished(() => server.close().closeAllConnections())
  return { origin, closeConnections: () => server.closeAllConnections() }
}

function documentOf({ body = '', tags, stories, staleAt, neverServeAfter, ...page }: Rendered): string {
  const metas = {
    tags,
    stories,
    status: page.pageStatus?.toString(),
    location: page.location,
    'retry-after': page.retryAfter?.toString(),
    'stale-at': staleAt?.toISOString(),
    'never-serve-after': neverServeAfter?.toISOString(),
  }
  const metaTags = Object.entries(metas).map(([name, content]) =>
    content === undefined ? '' : `<meta name="page-${name}" content="${content}"/>`,
  )
  return `<!DOCTYPE html><html><head>${metaTags.join('')}</head><body>${body}</body></html>`
}

export const HOST = 'news.example'

/** A page of the newsroom, or a page with its address for readers. */
const pageOrDesk: Render = ({ url = '' }) =>
  url.startsWith('/admin') || url === '/sign-in' ? { body: 'Desk' } : { body: `Page ${url}`, tags: 'sections' }

/** A front door with its fake renderer. */
export async function aPortal(render = pageOrDesk, over: Partial<FrontDoorOptions> = {}) {
  const renderer = await aRenderer(render)
  return { renderer, door: await aFrontDoor(renderer, over) }
}

/** A front door before a fake renderer; `sendNotice` sends notices. */
export async function aFrontDoor(renderer: { readonly origin: string | null }, over: Partial<FrontDoorOptions> = {}) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-front-door-'))
  const logged: Record<string, unknown>[] = []
  const write = (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[0])
  const frontDoor = createFrontDoor({
    schedule: new ScheduleHealth(),
    siteUrl: new URL(`http://${HOST}`),
    port: 80,
    renderer,
    dataDir,
    trustProxy: false,
    metricsToken: undefined,
    maxPageBytes: 64 * 1024 * 1024,
    dev: false,
    log: pino({ level: 'info' }, { write }),
    ...over,
  })
  const port = await portOf(frontDoor.server)
  const handlers = await new Promise<NoticeHandlers>((resolve) => {
    void frontDoor.pageCache.subscribe((handlers) => {
      handlers.onConnected({ withdrawn: [], history: 0 })
      resolve(handlers)
      return { stop: async () => undefined }
    })
  })
  onTestFinished(async () => {
    frontDoor.server.closeAllConnections()
    await frontDoor.drain()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    ...frontDoor,
    port,
    logged,
    sendNotice: (tags: string[], withdrawn: Notice['withdrawn'] = []) =>
      handlers.onNotice({ tags, history: 1, at: Date.now(), withdrawn }),
    handlers,
    get: (path: string, headers: TestRequest['headers'] = {}) => sendRequest(port, { path, headers }),
    request: (request: TestRequest) => sendRequest(port, request),
    /** Resolves when the response begins. */
    open: (path: string, headers: TestRequest['headers'] = {}) => openResponse(port, { path, headers }),
    /** Sends these bytes; returns what is received until the server closes the connection. */
    raw: (bytes: string) => {
      const socket = net.connect(port, '127.0.0.1')
      socket.write(bytes, 'latin1')
      return text(socket)
    },
  }
}

export type TestRequest = {
  path?: string
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  agent?: http.Agent
}
export type TestResponse = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string }

export async function sendRequest(port: number, request: TestRequest): Promise<TestResponse> {
  const response = await openResponse(port, request)
  const body = await buffer(response)
  return { status: response.statusCode ?? 0, headers: response.headers, body, text: body.toString() }
}

function openResponse(port: number, { headers, body, agent, ...request }: TestRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', agent: agent ?? false, headers: { host: HOST, ...headers } }
    http
      .request({ ...options, ...request }, resolve)
      .on('error', reject)
      .end(body)
  })
}

/** The names of required headers that a response lacks. */
export function missingHeaders(headers: IncomingHttpHeaders): string[] {
  const required = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['permissions-policy', 'camera=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['content-security-policy', "frame-ancestors 'none'"],
  ] as const
  const missing = required.filter(([name, value]) => !String(headers[name] ?? '').includes(value)).map(([name]) => name)
  return headers['x-powered-by'] === undefined ? missing : [...missing, 'x-powered-by']
}

async function portOf(server: http.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}
