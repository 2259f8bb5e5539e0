import http, { type Agent, type IncomingMessage } from 'node:http'
import { isFilePath } from '../http/address'
import { emptyMetadata, extractMetadata, setMetadata, stripFramework, type PageMetadata } from '../http/page-metadata'
import { siteHeaders } from '../http/headers'
import type { RenderedResponse } from './page'

/** The largest answer we hold in memory. Bytes. */
const MAX_RESPONSE_SIZE = 16 * 1024 * 1024

/** The renderer cannot be asked now (`away`), or it failed at this very page (`failed`). */
export class RenderError extends Error {
  constructor(
    readonly kind: 'away' | 'failed',
    message: string,
  ) {
    super(message)
  }
}

type RenderRequest = { origin: string; key: string; siteUrl: URL; agent: Agent; signal: AbortSignal }

/**
 * Has a reader's page rendered. The renderer is told the address and nothing of who asked, so what comes back is the same for everybody.
 * @throws RendererFault
 */
export async function requestRender(request: RenderRequest): Promise<RenderedResponse> {
  const response = await fetchWithRetry(request)
  const status = response.statusCode ?? 500
  const body = await bodyOf(response)
  if (status >= 500) throw new RenderError('failed', `The renderer answered ${status}.`)
  const metadata = metadataFromHeaders(response)
  const rendered = readResponse(request.key, response, metadata)
  if (!rendered.contentType.startsWith('text/html'))
    return { ...rendered, status: effectiveStatus(status, metadata), body }
  const document = extractMetadata(body.toString())
  if (effectiveStatus(status, document.metadata) >= 500)
    throw new RenderError('failed', 'The page says that it failed.')
  return {
    ...rendered,
    status: effectiveStatus(status, document.metadata),
    location: document.metadata.location ?? rendered.location,
    tags: [...rendered.tags, ...document.metadata.tags],
    until: document.metadata.until ?? rendered.until,
    ends: document.metadata.ends ?? rendered.ends,
    body: Buffer.from(stripFramework(document.html)),
  }
}

function readResponse(
  key: string,
  response: IncomingMessage,
  metadata: PageMetadata,
): Omit<RenderedResponse, 'body' | 'status'> {
  const isUntagged = response.statusCode === 200 && metadata.tags.length === 0
  const isImmutable = isUntagged && /\bimmutable\b/u.test(response.headers['cache-control'] ?? '')
  return {
    key,
    contentType: response.headers['content-type'] ?? 'application/octet-stream',
    location: response.headers.location ?? null,
    tags: metadata.tags,
    until: metadata.until,
    ends: metadata.ends,
    kind: !isFilePath(key) || !isUntagged ? 'no' : isImmutable ? 'for good' : 'for now',
  }
}

/** What the page says counts only where the renderer itself had nothing to say. */
function effectiveStatus(rendered: number, metadata: PageMetadata): number {
  return rendered === 200 ? metadata.status : rendered
}

function metadataFromHeaders({ headers }: IncomingMessage): PageMetadata {
  const metadata = emptyMetadata()
  for (const name of ['tags', 'status', 'until', 'ends']) {
    const content = headers[`x-page-${name}`]
    if (typeof content === 'string') setMetadata(metadata, name, content)
  }
  return metadata
}

/** A connection that was kept alive may be closed just when it is used again: then it is asked once more. */
async function fetchWithRetry(request: RenderRequest): Promise<IncomingMessage> {
  const first = await send(request)
  return first === 'closed before use' ? requireResponse(await send(request)) : first
}

function requireResponse(response: IncomingMessage | 'closed before use'): IncomingMessage {
  if (response === 'closed before use') throw new RenderError('away', 'The renderer closes its connections.')
  return response
}

function send({ origin, key, siteUrl, agent, signal }: RenderRequest): Promise<IncomingMessage | 'closed before use'> {
  return new Promise((resolve, reject) => {
    const headers = { ...siteHeaders(siteUrl), accept: 'text/html,*/*;q=0.8', 'user-agent': 'Broadsheet' }
    const request = http.get(`${origin}${key}`, { agent, headers, signal }, resolve)
    request.once('error', (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve('closed before use')
      else reject(new RenderError('away', error.message))
    })
  })
}

function bodyOf(response: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    response.on('data', (chunk: Buffer) => {
      length += chunk.length
      chunks.push(chunk)
      if (length > MAX_RESPONSE_SIZE) response.destroy(new RenderError('failed', 'The answer is too large.'))
    })
    response.once('end', () => resolve(Buffer.concat(chunks, length)))
    response.once('error', (error) =>
      reject(error instanceof RenderError ? error : new RenderError('away', String(error))),
    )
  })
}
