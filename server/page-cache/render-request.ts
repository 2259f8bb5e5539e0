import http, { type Agent, type IncomingMessage } from 'node:http'
import { isFilePath } from '../http/address'
import { siteHeaders } from '../http/headers'
import {
  emptyMetadata,
  extractMetadata,
  metadataNames,
  setMetadata,
  stripFramework,
  type PageMetadata,
} from '../http/page-metadata'
import type { RenderedResponse } from './page'

/** Bytes. */
const MAX_RESPONSE_SIZE = 16 * 1024 * 1024

/**
 * `unavailable`: the renderer cannot be reached or is too slow; `failed`: it failed at this page; `busy`: too many renders wait; `abandoned`: the
 * render had not begun when nobody waited for it any more.
 */
export class RenderError extends Error {
  constructor(
    readonly kind: 'unavailable' | 'failed' | 'busy' | 'abandoned',
    message: string,
  ) {
    super(message)
  }
}

type RenderRequest = { origin: string; key: string; siteUrl: URL; agent: Agent; signal: AbortSignal }

/**
 * Requests a reader page from the renderer. The request carries nothing of the client, so the response is the same for everyone.
 * @throws RenderError
 */
export async function requestRender(request: RenderRequest): Promise<RenderedResponse> {
  const response = await fetchWithRetry(request)
  const status = response.statusCode ?? 500
  const body = await bodyOf(response)
  if (status >= 500) throw new RenderError('failed', `The renderer responded with ${status}.`)
  const headerMetadata = metadataFromHeaders(response)
  const rendered = readResponse(request.key, response, headerMetadata)
  if (!rendered.contentType.startsWith('text/html'))
    return { ...rendered, status: effectiveStatus(status, headerMetadata), body }
  const { html, metadata } = extractMetadata(body.toString())
  if (effectiveStatus(status, metadata) >= 500) throw new RenderError('failed', 'The page reports an error.')
  return {
    ...rendered,
    status: effectiveStatus(status, metadata),
    location: metadata.location ?? rendered.location,
    tags: [...rendered.tags, ...metadata.tags],
    stories: metadata.stories,
    staleAt: metadata.staleAt ?? rendered.staleAt,
    neverServeAfter: metadata.neverServeAfter ?? rendered.neverServeAfter,
    body: Buffer.from(stripFramework(html)),
  }
}

function readResponse(
  key: string,
  response: IncomingMessage,
  { tags, stories, staleAt, neverServeAfter }: PageMetadata,
): Omit<RenderedResponse, 'body' | 'status'> {
  const isFile = isFilePath(key) && response.statusCode === 200 && tags.length === 0
  const isImmutable = /\bimmutable\b/u.test(response.headers['cache-control'] ?? '')
  return {
    key,
    contentType: response.headers['content-type'] ?? 'application/octet-stream',
    location: response.headers.location ?? null,
    tags,
    stories,
    staleAt,
    neverServeAfter,
    kind: !isFile ? 'page' : isImmutable ? 'immutable' : 'revalidate',
  }
}

/** Metadata sets the status only where the renderer responded with 200. */
function effectiveStatus(rendered: number, metadata: PageMetadata): number {
  return rendered === 200 ? metadata.status : rendered
}

function metadataFromHeaders({ headers }: IncomingMessage): PageMetadata {
  const metadata = emptyMetadata()
  for (const name of metadataNames) {
    const content = headers[`x-page-${name}`]
    if (typeof content === 'string') setMetadata(metadata, name, content)
  }
  return metadata
}

/** A keep-alive connection may be closed at the moment of its use: then the request is sent once more. */
async function fetchWithRetry(request: RenderRequest): Promise<IncomingMessage> {
  const response = (await send(request)) ?? (await send(request))
  if (response === null) throw new RenderError('unavailable', 'The renderer closes its connections.')
  return response
}

/** @returns null where the connection was closed before its use */
function send({ origin, key, siteUrl, agent, signal }: RenderRequest): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    const headers = { ...siteHeaders(siteUrl), accept: 'text/html,*/*;q=0.8', 'user-agent': 'Broadsheet' }
    const request = http.get(`${origin}${key}`, { agent, headers, signal }, resolve)
    request.once('error', (error: NodeJS.ErrnoException) => {
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve(null)
      else reject(new RenderError('unavailable', error.message))
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
      if (length > MAX_RESPONSE_SIZE) response.destroy(new RenderError('failed', 'The response is too large.'))
    })
    response.once('end', () => resolve(Buffer.concat(chunks, length)))
    response.once('error', (error) =>
      reject(error instanceof RenderError ? error : new RenderError('unavailable', String(error))),
    )
  })
}
