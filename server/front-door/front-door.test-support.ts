import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
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
  /** Milliseconds. */
  delay?: number
}

export type Render = (request: IncomingMessage) => Rendered | Promise<Rendered>

/** A server in place of Next: it records requests and answers with what `render` returns. */
export async function aRenderer(render: Render) {
  const requests: { url: string; method: string; headers: IncomingHttpHeaders }[] = []
  const renderer = { origin: null as string | null, requests, render }
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { status = 200, headers = {}, delay = 0, ...page } = await renderer.render(request)
    // Like Next, it reads the body before it answers.
    await request
      .resume()
      .toArray()
      .catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, delay))
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(documentOf(page))
  }
  const { origin } = await aServer((request, response) => {
    requests.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers })
    void answer(request, response)
  })
  return Object.assign(renderer, { origin })
}

/** A server that is closed when the test is finished. */
export async function aServer(answer: http.RequestListener): Promise<{ origin: string; closeConnections: () => void }> {
  const server = http.createServer(answer)
  const origin = `http://127.0.0.1:${await portOf(server)}`
  onTestFinished(() => close(server))
  return { origin, closeConnections: () => server.closeAllConnections() }
}

function documentOf({ body = '', tags, stories, staleAt, neverServeAfter, pageStatus, location }: Rendered): string {
  const metas = {
    tags,
    stories,
    status: pageStatus?.toString(),
    location,
    'stale-at': staleAt?.toISOString(),
    'never-serve-after': neverServeAfter?.toISOString(),
  }
  const metaTags = Object.entries(metas).map(([name, content]) =>
    content === undefined ? '' : `<meta name="page-${name}" content="${content}"/>`,
  )
  return `<!DOCTYPE html><html><head>${metaTags.join('')}</head><body>${body}</body></html>`
}

export const HOST = 'news.example'

/** A front door before a fake renderer; notices come from `sendNotice`. */
export async function aFrontDoor(renderer: { readonly origin: string | null }, over: Partial<FrontDoorOptions> = {}) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-front-door-'))
  const logged: Record<string, unknown>[] = []
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[0]) },
  )
  const siteUrl = new URL(`http://${HOST}`)
  const schedule = new ScheduleHealth()
  const options = {
    schedule,
    siteUrl,
    port: 80,
    renderer,
    dataDir,
    trustProxy: false,
    metricsToken: undefined,
    dev: false,
    log,
  }
  const frontDoor = createFrontDoor({ maxPageBytes: 64 * 1024 * 1024, ...options, ...over })
  const port = await portOf(frontDoor.server)
  const subscribed: { handlers?: NoticeHandlers } = {}
  await frontDoor.pageCache.subscribe((handlers) => {
    subscribed.handlers = handlers
    handlers.onConnected({ withdrawn: [], history: 0 })
    return { stop: async () => undefined }
  })
  const stop = async () => {
    frontDoor.server.closeAllConnections()
    await frontDoor.drain()
    await rm(dataDir, { recursive: true, force: true })
  }
  onTestFinished(stop)
  const handlers = (): NoticeHandlers => {
    if (!subscribed.handlers) throw new Error('Not subscribed.')
    return subscribed.handlers
  }
  return {
    ...frontDoor,
    port,
    dataDir,
    logged,
    sendNotice: (tags: string[], withdrawn: Notice['withdrawn'] = []) =>
      handlers().onNotice({ tags, history: 1, at: Date.now(), withdrawn }),
    handlers,
    get: (address: string, headers: TestRequest['headers'] = {}) => sendRequest(port, { path: address, headers }),
    request: (request: TestRequest) => sendRequest(port, request),
    /** Sends these bytes; returns what is received until the server closes the connection. */
    raw: (bytes: string) => raw(port, bytes),
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

export function sendRequest(
  port: number,
  { path: address = '/', method = 'GET', headers = {}, body, agent }: TestRequest,
): Promise<TestResponse> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: address, method, headers: { host: HOST, ...headers } }
    const request = http.request({ ...options, agent: agent ?? false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject).once('end', () => {
        const body = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: body, text: body.toString() })
      })
    })
    request.once('error', reject)
    request.end(body)
  })
}

/** Begins to ask, and gives back what has only begun to come. */
export function openResponse(
  port: number,
  address: string,
  headers: TestRequest['headers'] = {},
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: address, headers: { host: HOST, ...headers }, agent: false }
    http.get(options, resolve).once('error', reject)
  })
}

export function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let received = ''
    socket.on('data', (chunk) => (received += chunk.toString('latin1')))
    socket.once('error', reject).once('close', () => resolve(received))
  })
}

/** The names of the headers that must be on every answer, as they were found missing. */
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('No port.')
  return address.port
}

function close(server: http.Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
