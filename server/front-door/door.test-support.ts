import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Ears } from '../invalidation/listening'
import type { Notice } from '../invalidation/notice'
import { ScheduleSeen } from '../observing/schedule-watch'
import { createFrontDoor, type FrontDoorOptions } from './front-door'

/** What a stand-in for Next answers; `tags`, `until`, `ends` and `says` (a status) travel as metas, as the real pages write them. */
export type Rendered = {
  status?: number
  headers?: Record<string, string | string[]>
  words?: string
  tags?: string
  until?: Date
  ends?: Date
  says?: number
  location?: string
  /** Milliseconds. */
  after?: number
}

export type Printed = (asked: IncomingMessage) => Rendered | Promise<Rendered>

/** A small server where Next would be: it counts who asks, and answers as it is told. */
export async function aRenderer(print: Printed) {
  const asked: { url: string; method: string; headers: IncomingHttpHeaders }[] = []
  const renderer = { origin: null as string | null, asked, print }
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const { status = 200, headers = {}, after = 0, ...page } = await renderer.print(request)
    // Like Next, it reads what was written before it answers.
    await request
      .resume()
      .toArray()
      .catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, after))
    if (status === 0) return void request.socket.destroy()
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(documentOf(page))
  }
  const { origin } = await aServer((request, response) => {
    asked.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers })
    void answer(request, response)
  })
  return Object.assign(renderer, { origin })
}

/** A server that answers as it is written here, until the test is finished. */
export async function aServer(answer: http.RequestListener): Promise<{ origin: string; cut: () => void }> {
  const server = http.createServer(answer)
  const origin = `http://127.0.0.1:${await portOf(server)}`
  onTestFinished(() => close(server))
  return { origin, cut: () => server.closeAllConnections() }
}

function documentOf({ words = '', tags, until, ends, says, location }: Rendered): string {
  const metas = { tags, status: says?.toString(), location, until: until?.toISOString(), ends: ends?.toISOString() }
  const notes = Object.entries(metas).map(([name, content]) =>
    content === undefined ? '' : `<meta name="page-${name}" content="${content}"/>`,
  )
  return `<!DOCTYPE html><html><head>${notes.join('')}</head><body>${words}</body></html>`
}

export const HOST = 'news.example'

/** The real front door before a stand-in for Next, and a newsroom that is heard through `ears`. */
export async function aDoor(renderer: { readonly origin: string | null }, over: Partial<FrontDoorOptions> = {}) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-door-'))
  const written: Record<string, unknown>[] = []
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void written.push(JSON.parse(line) as (typeof written)[0]) },
  )
  const siteUrl = new URL(`http://${HOST}`)
  const schedule = new ScheduleSeen()
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
  const frontDoor = createFrontDoor({ pageMemory: 64 * 1024 * 1024, ...options, ...over })
  const port = await portOf(frontDoor.server)
  const heard: { ears?: Ears } = {}
  await frontDoor.pages.hear((ears) => {
    heard.ears = ears
    ears.onHearing({ withdrawn: [], history: 0 })
    return { stop: async () => undefined }
  })
  const shut = async () => {
    frontDoor.server.closeAllConnections()
    await frontDoor.drain()
    await rm(dataDir, { recursive: true, force: true })
  }
  onTestFinished(shut)
  const ears = (): Ears => {
    if (!heard.ears) throw new Error('Nobody listens.')
    return heard.ears
  }
  return {
    ...frontDoor,
    port,
    dataDir,
    written,
    /** The newsroom says what became stale. */
    notice: (tags: string[], withdrawn: Notice['withdrawn'] = []) =>
      ears().onNotice({ tags, history: 1, at: Date.now(), withdrawn }),
    ears,
    get: (address: string, headers: Sent['headers'] = {}) => ask(port, { path: address, headers }),
    ask: (sent: Sent) => ask(port, sent),
    /** Sends these very bytes, and gives back all that comes until the other side closes. */
    raw: (bytes: string) => raw(port, bytes),
  }
}

export type Sent = {
  path?: string
  method?: string
  headers?: Record<string, string | string[]>
  body?: string | Buffer
  agent?: http.Agent
}
export type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer; text: string }

export function ask(
  port: number,
  { path: address = '/', method = 'GET', headers = {}, body, agent }: Sent,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: address, method, headers: { host: HOST, ...headers } }
    const request = http.request({ ...options, agent: agent ?? false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('error', reject).once('end', () => {
        const whole = Buffer.concat(chunks)
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole, text: whole.toString() })
      })
    })
    request.once('error', reject)
    request.end(body)
  })
}

/** Begins to ask, and gives back what has only begun to come. */
export function listen(port: number, address: string, headers: Sent['headers'] = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: address, headers: { host: HOST, ...headers }, agent: false }
    http.get(options, resolve).once('error', reject)
  })
}

export function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let said = ''
    socket.on('data', (chunk) => (said += chunk.toString('latin1')))
    socket.once('error', reject).once('close', () => resolve(said))
  })
}

/** The names of the headers that must be on every answer, as they were found missing. */
export function missingHeaders(headers: IncomingHttpHeaders): string[] {
  const demanded = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'strict-origin-when-cross-origin'],
    ['permissions-policy', 'camera=()'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['content-security-policy', "frame-ancestors 'none'"],
  ] as const
  const missing = demanded.filter(([name, value]) => !String(headers[name] ?? '').includes(value)).map(([name]) => name)
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
