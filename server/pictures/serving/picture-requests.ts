import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { readLook } from '@/domain/picture/look'
import {
  cropOf,
  readRenditionPath,
  renditionStorageKey,
  widthsFor,
  type Format,
  type Rendition,
} from '@/domain/picture/renditions'
import { sendErrorPage } from '../../http/error-page'
import { readPreviewPicture } from '../../http/address'
import type { ActorOf, PictureRecords, ServedPicture } from '../contract'
import type { RenditionBytes, RenditionCache } from './rendition-cache'
import { contentTypes, TooBusy, type RenditionMaker } from './rendition-maker'
import type { Verdicts } from './verdicts'

type Options = {
  verdicts: Verdicts
  records: Pick<PictureRecords, 'previewShows'>
  cache: RenditionCache
  maker: Pick<RenditionMaker, 'make'>
  /** AVIF is made in the background; until then the WebP is sent in its place. */
  makeAvif: (key: string, look: string) => void
  actorOf: ActorOf
  common: readonly string[]
}

/** Nothing in a picture may do anything, also where it is opened by itself. */
const POLICY = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"

/**
 * `Cache-Control`, in seconds. An address keeps its bytes for ever, but readers may lose the right to them at any time: a browser, whose reader has seen
 * the picture, asks again after minutes; a shared cache, from which strangers could take it, after as many seconds as for pages, and never keeps one
 * past its time, nor after errors.
 */
const MAX_AGE = { browser: 300, shared: 5, replaced: 60 }

type Found = { format: Format; content: RenditionBytes }

/** Serves renditions: to readers while something live uses the picture, and to the newsroom always. To all others there is none. */
export class PictureRequests {
  constructor(private readonly options: Options) {}

  /** @returns for the log */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<'hit' | 'miss' | 'refused' | 'unavailable'> {
    const preview = readPreviewPicture(path)
    const rendition = readRenditionPath(preview?.rendition ?? path)
    const picture = rendition && (await this.allowed(request, rendition, preview?.token ?? null))
    if (!rendition || !picture || !isListed(picture.served, rendition)) return this.notFound(response)
    const { served, isPreview } = picture
    const found = await this.find(served, rendition).catch((error: unknown) => {
      if (error instanceof TooBusy) return null
      throw error
    })
    if (response.destroyed) {
      if (found && 'stream' in found.content) found.content.stream.destroy()
      return 'miss'
    }
    if (found === null) {
      sendErrorPage(response, 503, this.options.common)
      return 'unavailable'
    }
    await this.send(request, response, rendition, found, isPreview ? null : served)
    return 'bytes' in found.content ? 'hit' : 'miss'
  }

  /** @param token of a preview link */
  private async allowed(request: IncomingMessage, { key }: Rendition, token: string | null) {
    const { verdicts, actorOf, records } = this.options
    if (token !== null) {
      const served = (await records.previewShows(token, key)) ? await verdicts.load(key) : null
      return served && { served, isPreview: true }
    }
    const served = await verdicts.find(key)
    if (served?.isLive) return { served, isPreview: false }
    // Somebody of the newsroom may see a picture that was added a moment ago.
    if (request.headers.cookie === undefined || (await actorOf(request)) === null) return null
    const latest = await verdicts.load(key)
    return latest && { served: latest, isPreview: true }
  }

  /** The bytes; those of the WebP where the AVIF is not made yet. */
  private async find(picture: ServedPicture, rendition: Rendition): Promise<Found> {
    const { cache, maker, makeAvif } = this.options
    const stored = await cache.find(renditionStorageKey(rendition))
    if (stored) return { format: rendition.format, content: stored }
    if (rendition.format === 'avif') {
      makeAvif(picture.key, rendition.look)
      return this.find(picture, { ...rendition, format: 'webp' })
    }
    await maker.make(picture, rendition.look, rendition.format)
    const made = await cache.find(renditionStorageKey(rendition))
    if (made === null) throw new Error('A rendition was made and is not there.')
    return { format: rendition.format, content: made }
  }

  /** @param picture null: for the newsroom only */
  private async send(
    request: IncomingMessage,
    response: ServerResponse,
    rendition: Rendition,
    { format, content }: Found,
    picture: ServedPicture | null,
  ) {
    const etag = `"${rendition.look}-${String(rendition.width)}.${format}"`
    const headers = [...this.options.common, 'Content-Security-Policy', POLICY, 'ETag', etag]
    headers.push('Cache-Control', picture ? cacheControl(picture, format !== rendition.format) : 'private, no-store')
    if (picture) headers.push('Surrogate-Key', picture.tags.join(' '))
    const isSame = request.headers['if-none-match']?.includes(etag) ?? false
    const sendsBody = request.method !== 'HEAD' && !isSame
    if (!sendsBody && 'stream' in content) content.stream.destroy()
    if (isSame) return void response.writeHead(304, headers).end()
    headers.push('Content-Type', contentTypes[format], 'Content-Length', String(content.size))
    response.writeHead(200, headers)
    if (!sendsBody) response.end()
    else if ('bytes' in content) response.end(content.bytes)
    // The client goes away, or the storage: the response is cut, and is not mistaken for a whole one.
    else await pipeline(content.stream, response).catch(() => response.destroy())
  }

  private notFound(response: ServerResponse): 'refused' {
    sendErrorPage(response, 404, this.options.common)
    return 'refused'
  }
}

/** Whether such a rendition of the picture exists: a look that we have made, and one of its widths. */
function isListed(picture: ServedPicture, { look, width }: Rendition): boolean {
  const read = readLook(look, picture.sha256)
  return read !== null && widthsFor(cropOf(picture, read.ratio, read).width).includes(width)
}

function cacheControl({ staleAt }: ServedPicture, isReplacement: boolean): string {
  const remaining = staleAt ? Math.max(0, Math.floor((staleAt.getTime() - Date.now()) / 1000)) : Infinity
  const browser = Math.min(isReplacement ? MAX_AGE.replaced : MAX_AGE.browser, remaining)
  return `public, max-age=${String(browser)}, s-maxage=${String(Math.min(MAX_AGE.shared, remaining))}, must-revalidate`
}
