import http, { type IncomingMessage, type OutgoingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { refusalOf } from './careful'
import { readDocument } from './document'
import { faultPage } from './fault-page'
import { headersForRenderer, headersForReader, isNewsroomPath, securityHeaders } from './headers'

export type FrontDoorOptions = {
  siteUrl: URL
  renderer: { readonly origin: string | null }
  databaseUrl: string
  dataDir: string
  trustProxy: boolean
  dev: boolean
  log: Logger
}
export type FrontDoor = { server: Server; ready: () => boolean; warm: () => Promise<void>; drain: () => Promise<void> }

/** How long a page may take to render before readers are told to come back. Milliseconds. */
const RENDERS_WITHIN = { reader: 3000, newsroom: 15_000 }

/** The largest document we hold in memory to read its notes. */
const LARGEST_DOCUMENT = 16 * 1024 * 1024

/** The process that readers and editors speak to; see docs/operating.md. */
export function createFrontDoor(options: FrontDoorOptions): FrontDoor {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  let draining = false
  const server = http.createServer(
    { headersTimeout: 8000, requestTimeout: 15_000, keepAliveTimeout: 65_000, maxHeaderSize: 16 * 1024 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        options.log.error({ error: String(error), path: request.url }, 'The front door failed')
        if (!response.headersSent) sendFault(response, 500)
        else response.destroy()
      })
    },
  )
  server.on('upgrade', (request, socket, head) => {
    if (options.dev && request.url?.startsWith('/_next/') && options.renderer.origin)
      passUpgrade(options.renderer.origin, request, socket, head)
    else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })

  async function answer(request: IncomingMessage, response: ServerResponse) {
    for (const [name, value] of securityHeaders(options.siteUrl)) response.setHeader(name, value)
    if (draining) response.setHeader('Connection', 'close')
    if (request.url === '/healthz') return sendText(response, 200, 'alive\n')
    if (request.url === '/readyz')
      return sendText(response, draining || !options.renderer.origin ? 503 : 200, draining ? 'draining\n' : 'ready\n')
    const refusal = refusalOf(request, options)
    if (refusal) {
      for (const [name, value] of Object.entries(refusal.headers ?? {})) response.setHeader(name, value)
      return sendFault(response, refusal.status, refusal.sentence)
    }
    const origin = options.renderer.origin
    const newsroom = isNewsroomPath(request.url ?? '/')
    if (!origin) return sendFault(response, 503, newsroom ? newsroomAway : undefined)
    return pass(origin, newsroom, request, response)
  }

  function pass(origin: string, newsroom: boolean, request: IncomingMessage, response: ServerResponse): Promise<void> {
    return new Promise((resolve) => {
      const away = () => {
        if (!response.headersSent) sendFault(response, 503, newsroom ? newsroomAway : undefined)
        else response.destroy()
        resolve()
      }
      const renders = http.request(`${origin}${request.url ?? '/'}`, {
        agent,
        // A HEAD is answered from the same document as its GET: the notes that decide its status are in there.
        method: request.method === 'HEAD' ? 'GET' : request.method,
        headers: headersForRenderer(request, newsroom, options),
        timeout: newsroom || options.dev ? RENDERS_WITHIN.newsroom : RENDERS_WITHIN.reader,
      })
      renders.once('timeout', () => renders.destroy(new Error('The renderer is too slow.')))
      renders.once('error', away)
      response.once('close', () => renders.destroy())
      renders.once('response', (rendered) => {
        void relay(rendered, newsroom, request, response).then(resolve, away)
      })
      request.pipe(renders)
    })
  }

  async function relay(
    rendered: IncomingMessage,
    newsroom: boolean,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const headers: OutgoingHttpHeaders = Object.fromEntries(
      Object.entries(rendered.headers).filter(([name]) => !hopByHop.has(name)),
    )
    const isDocument =
      String(headers['content-type']).startsWith('text/html') &&
      (request.method === 'GET' || request.method === 'HEAD' || request.method === 'POST')
    if (newsroom) Object.assign(headers, { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' })
    if (!isDocument || request.headers.accept?.includes('text/x-component')) {
      response.writeHead(rendered.statusCode ?? 502, headers)
      rendered.pipe(response)
      await new Promise<void>(
        (resolve, reject) => response.once('finish', resolve).once('close', resolve) && rendered.once('error', reject),
      )
      return
    }
    const { html, notes } = readDocument(await textOf(rendered), !newsroom && !options.dev)
    delete headers['content-length']
    delete headers.etag
    if (!newsroom) headersForReader(headers, notes)
    const status = rendered.statusCode === 200 ? notes.status : (rendered.statusCode ?? 502)
    if (notes.location !== null && status >= 300 && status < 400) headers.location = notes.location
    if (status === 503 || status === 429) headers['retry-after'] ??= '5'
    const body = Buffer.from(html)
    response.writeHead(status, { ...headers, 'content-length': body.length })
    response.end(request.method === 'HEAD' ? undefined : body)
  }

  return {
    server,
    ready: () => !draining && options.renderer.origin !== null,
    warm: async () => undefined,
    drain: () => {
      draining = true
      return new Promise((resolve) => {
        const late = setTimeout(() => server.closeAllConnections(), 20_000)
        server.close(() => {
          clearTimeout(late)
          agent.destroy()
          resolve()
        })
        server.closeIdleConnections()
      })
    },
  }
}

/** Headers that are about one connection, not about the page. */
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'x-powered-by'])

const newsroomAway =
  'The newsroom is temporarily unavailable. Your text is safe on this device: leave the page open and try again in a moment.'

function sendText(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(text)
}

function sendFault(response: ServerResponse, status: number, sentence?: string) {
  const body = faultPage(status, sentence)
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      ...(status === 503 ? { 'retry-after': '5' } : {}),
    })
    .end(body)
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_DOCUMENT) throw new Error('The document is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function passUpgrade(origin: string, request: IncomingMessage, socket: import('node:stream').Duplex, head: Buffer) {
  const upstream = http.request(`${origin}${request.url ?? '/'}`, {
    headers: { ...request.headers, host: new URL(origin).host, origin },
  })
  upstream.once('upgrade', (response, opposite, first) => {
    const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}`)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
    socket.write(first)
    opposite.write(head)
    opposite.pipe(socket).pipe(opposite)
    for (const end of [socket, opposite]) end.on('error', () => [socket, opposite].forEach((other) => other.destroy()))
  })
  upstream.once('error', () => socket.destroy())
  upstream.end()
}
