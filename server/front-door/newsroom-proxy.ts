import { randomBytes } from 'node:crypto'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { networkOf } from '@/domain/people/network'
import type { RequestLog } from '../observability/request-log'
import { contentTooLarge } from './request-guard'
import { BodyError, readBody } from './request-body'
import { extractMetadata, type PageMetadata } from '../http/page-metadata'
import { newsroomUnavailable, sendErrorPage } from '../http/error-page'
import { isSecretPath } from '../http/address'
import { clientAddress, headersForRenderer, newsroomPolicy, withoutReferrer } from '../http/headers'
import { NetworkShares } from './network-shares'
import { isEventStream, compressionFor, pipeCompressed } from './compression'

/** Until the response begins; shorter while the database is unavailable. Milliseconds. */
const RESPONSE_TIMEOUT = { normal: 15_000, databaseUnavailable: 2500 }

/** With compilation. Milliseconds. */
const DEV_TIMEOUT = 120_000

/** Metadata is in the document's head; reading further would delay the page. Bytes. */
const MAX_HEAD_SIZE = 64 * 1024

type Options = {
  siteUrl: URL
  trustProxy: boolean
  dev: boolean
  renderer: { readonly origin: string | null }
  common: readonly string[]
  isConnected: () => boolean
  observe: RequestLog
}

/** Streams requests to the newsroom and their responses; nothing is cached. */
export class NewsroomProxy {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  private readonly shares = new NetworkShares()
  /** Open event streams. */
  private readonly streams = new Set<ServerResponse>()
  private streamsEnded = false

  constructor(private readonly options: Options) {}

  /** @param whose `readers`: a reader page, in development only */
  async send(request: IncomingMessage, response: ServerResponse, path: string, whose: 'newsroom' | 'readers') {
    const { common, dev, observe } = this.options
    const isNewsroom = whose === 'newsroom'
    const startedAt = performance.now()
    const elapsed = () => performance.now() - startedAt
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    let leave: (() => void) | null = null
    try {
      const policy = newsroomPolicy(randomBytes(16).toString('base64'), dev)
      const body = request.method === 'POST' ? await readBody(request) : null
      // Once the body is there: nobody holds a place by sending slowly. A stream takes little of the renderer, and lasts.
      if (!isStream(path)) {
        leave = await this.shares.enter(networkOf(clientAddress(request, this.options.trustProxy)), gone.signal)
        if (leave === null) throw new Error('Too many requests of one network wait.')
      }
      const upstreamResponse = await this.forward(request, response, { path, policy, body })
      leave?.()
      if (isOutdatedForm(request, upstreamResponse)) {
        upstreamResponse.destroy()
        sendErrorPage(response, 409, common, outdatedForm)
        return observe(request, response, 'refused', elapsed())
      }
      if (isUnreadable(request, upstreamResponse)) {
        upstreamResponse.destroy()
        sendErrorPage(response, 400, common, unreadableForm)
        return observe(request, response, 'refused', elapsed())
      }
      await this.relay(upstreamResponse, request, response, { path, policy: isNewsroom ? policy : null })
      observe(request, response, 'newsroom', elapsed())
    } catch (error) {
      const bodyError = error instanceof BodyError ? error.kind : null
      // The client, not the renderer: a connection of the renderer that fails leaves the client's open.
      const isGone = bodyError === 'aborted' || response.destroyed
      if (response.headersSent || isGone) response.destroy()
      else if (bodyError === 'too-large')
        sendErrorPage(response, 413, closing(response, common), contentTooLarge.message)
      else sendErrorPage(response, 503, common, isNewsroom ? newsroomUnavailable : undefined)
      observe(request, response, isGone ? 'gone' : bodyError === 'too-large' ? 'refused' : 'unavailable', elapsed())
    } finally {
      leave?.()
    }
  }

  /** Ends the event streams, so that their clients connect to the next server at once. */
  endStreams() {
    this.streamsEnded = true
    for (const response of this.streams) response.end()
  }

  close() {
    this.agent.destroy()
  }

  private forward(
    request: IncomingMessage,
    response: ServerResponse,
    { path, policy, body }: { path: string; policy: string; body: Buffer | null },
    isRetry = false,
  ): Promise<IncomingMessage> {
    const { renderer, dev, isConnected } = this.options
    return new Promise((resolve, reject) => {
      if (renderer.origin === null) return reject(new Error('The renderer is not running.'))
      if (response.destroyed) return reject(new BodyError('aborted'))
      const isWrite = body !== null
      // Kept alive until its response has ended: the renderer may respond before it has read the body, and would cut a connection that closes.
      const ownAgent = isWrite ? new http.Agent({ keepAlive: true }) : null
      const upstreamRequest = http.request(renderer.origin, {
        path,
        // A keep-alive connection may be closed at the moment of its use: a read is retried, a write takes a new connection, and so does an
        // event stream, which would occupy a connection of the pool.
        agent: ownAgent ?? (isStream(path) ? false : this.agent),
        method: isWrite ? 'POST' : 'GET',
        headers: {
          ...headersForRenderer(request, this.options),
          ...(body && { 'content-length': String(body.length) }),
          'content-security-policy': policy,
        },
      })
      const timeout = setTimeout(
        () => upstreamRequest.destroy(new Error('The newsroom did not respond in time.')),
        dev ? DEV_TIMEOUT : isConnected() ? RESPONSE_TIMEOUT.normal : RESPONSE_TIMEOUT.databaseUnavailable,
      )
      upstreamRequest.once('close', () => {
        clearTimeout(timeout)
        ownAgent?.destroy()
      })
      upstreamRequest.on('error', (error: NodeJS.ErrnoException) => {
        const closedBeforeUse = upstreamRequest.reusedSocket && error.code === 'ECONNRESET' && !response.destroyed
        if (closedBeforeUse && !isRetry) resolve(this.forward(request, response, { path, policy, body }, true))
        else reject(error)
      })
      upstreamRequest.once('response', (upstreamResponse) => {
        clearTimeout(timeout)
        resolve(upstreamResponse)
      })
      response.once('close', () => upstreamRequest.destroy())
      upstreamRequest.end(body ?? undefined)
    })
  }

  private trackStream(response: ServerResponse) {
    if (this.streamsEnded) return void response.end()
    this.streams.add(response)
    response.once('close', () => this.streams.delete(response))
  }

  /** @param policy the content security policy of a newsroom page; null for a reader page */
  private async relay(
    upstreamResponse: IncomingMessage,
    request: IncomingMessage,
    response: ServerResponse,
    { path, policy }: { path: string; policy: string | null },
  ) {
    const compression = compressionFor(request, upstreamResponse, path)
    const common = isSecretPath(path) ? withoutReferrer(this.options.common) : this.options.common
    const headers = [...common, ...passedHeaders(upstreamResponse, policy !== null, compression !== null)]
    if (compression) headers.push('Content-Encoding', compression.encoding, 'Vary', 'Accept-Encoding, Sec-Fetch-Site')
    if (policy !== null) {
      headers.push('Cache-Control', 'no-store', 'X-Robots-Tag', 'noindex, nofollow')
      headers.push('Content-Security-Policy', policy)
    }
    const { head, metadata } = await readHead(upstreamResponse)
    const status =
      upstreamResponse.statusCode === 200 && metadata
        ? metadata.status
        : redirectAfterPost(request, upstreamResponse.statusCode ?? 502)
    if (metadata?.location && status >= 300 && status < 400) headers.push('Location', metadata.location)
    if ((status === 503 || status === 429) && !upstreamResponse.headers['retry-after'])
      headers.push('Retry-After', String(metadata?.retryAfter ?? 5))
    response.writeHead(status, headers)
    if (request.method === 'HEAD') {
      upstreamResponse.destroy()
      return void response.end()
    }
    const output = compression?.compressor ?? response
    output.write(head)
    if (isEventStream(upstreamResponse)) this.trackStream(response)
    await new Promise<void>((resolve, reject) => {
      upstreamResponse.once('error', reject)
      response.once('close', () => {
        compression?.compressor.destroy()
        resolve()
      })
      if (compression === null) upstreamResponse.pipe(response)
      else pipeCompressed(upstreamResponse, compression.compressor).on('error', reject).pipe(response)
    })
  }
}

const isStream = (path: string) => /^\/admin\/stories\/\d+\/words\/stream(?:\?|$)/u.test(path)

/** A page that redirects after a form, to sign in for example: after 307 the browser would post the form there. */
const redirectAfterPost = ({ method }: IncomingMessage, status: number) =>
  method === 'POST' && status === 307 ? 303 : status

/** A form without script whose page is of another build. Next's own script says so by itself (components/ui/form/action-form.client.tsx). */
const isOutdatedForm = ({ method, headers }: IncomingMessage, upstreamResponse: IncomingMessage) =>
  method === 'POST' && upstreamResponse.headers['x-nextjs-action-not-found'] === '1' && !headers['next-action']

const outdatedForm =
  'Broadsheet was brought up to date since that page was opened, so nothing was sent. Go back: what you typed is still there. Copy it, load the page again, and send it once more.'

/** A form that arrived damaged. Requests of the newsroom's own scripts get the renderer's response. */
const isUnreadable = ({ method }: IncomingMessage, { statusCode, headers }: IncomingMessage) =>
  method === 'POST' && statusCode === 400 && isHtml(headers['content-type'])

const unreadableForm =
  'The form did not arrive whole, so nothing was saved. Go back: what you typed is still there. Then send it again.'

/** The client may still be sending: the connection ends with the response. */
function closing(response: ServerResponse, common: readonly string[]) {
  response.shouldKeepAlive = false
  return common
}

/** Hop-by-hop headers, headers that the front door sets, and page metadata. */
const OMITTED_HEADERS =
  /^(?:connection|keep-alive|transfer-encoding|trailer|x-powered-by|x-page-.*|x-content-type-options|referrer-policy|permissions-policy|cross-origin-opener-policy|x-frame-options|strict-transport-security)$/iu
const POLICY_HEADERS = /^(?:cache-control|x-robots-tag|content-security-policy)$/iu

function passedHeaders({ rawHeaders, headers }: IncomingMessage, isNewsroom: boolean, isCompressed: boolean): string[] {
  const result: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (OMITTED_HEADERS.test(name) || (isNewsroom && POLICY_HEADERS.test(name))) continue
    // Removed metadata and compression change the length.
    if (name.toLowerCase() === 'content-length' && (isCompressed || isHtml(headers['content-type']))) continue
    result.push(name, value)
  }
  return result
}

const isHtml = (contentType: string | undefined) => contentType?.startsWith('text/html') ?? false

/** Reads an HTML document up to the end of its head and removes the metadata; the rest stays in the stream. Reads nothing of other types. */
async function readHead(upstreamResponse: IncomingMessage): Promise<{ head: Buffer; metadata: PageMetadata | null }> {
  if (!isHtml(upstreamResponse.headers['content-type'])) return { head: Buffer.alloc(0), metadata: null }
  let head = Buffer.alloc(0)
  for await (const chunk of upstreamResponse.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    head = Buffer.concat([head, chunk])
    if (head.length >= MAX_HEAD_SIZE || head.includes('</head>')) break
  }
  const end = head.indexOf('</head>')
  if (end === -1) return { head, metadata: null }
  const { html, metadata } = extractMetadata(head.subarray(0, end).toString())
  return { head: Buffer.concat([Buffer.from(html), head.subarray(end)]), metadata }
}
