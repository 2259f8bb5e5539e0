import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { originalStorageKey } from '@/domain/picture/renditions'
import { pictureAddresses } from '@/lib/addresses'
import { sendErrorPage } from '../../http/error-page'
import { emptyPolicy } from '../../http/headers'
import type { ActorOf, PictureRecords, PictureStorage } from '../contract'

type Options = {
  storage: Pick<PictureStorage, 'get'>
  records: Pick<PictureRecords, 'findOriginal'>
  actorOf: ActorOf
  common: readonly string[]
}

/** Sends the newsroom a file as it came, to be kept and never shown: it is what a stranger made. */
export class OriginalRequests {
  constructor(private readonly options: Options) {}

  async handle(request: IncomingMessage, response: ServerResponse, path: string) {
    const { storage, records, actorOf, common } = this.options
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const isSignedIn = isRead && (await actorOf(request)) !== null
    const found = isSignedIn ? await records.findOriginal(path.slice(pictureAddresses.originals.length + 1)) : null
    const original = found && (await storage.get(originalStorageKey(found.sha256)))
    if (found === null || original === null) return sendErrorPage(response, 404, common)
    const headers = [...common, 'Content-Security-Policy', `${emptyPolicy}; sandbox`, 'Cache-Control', 'no-store']
    headers.push('Content-Type', 'application/octet-stream', 'Content-Length', String(original.size))
    headers.push('Content-Disposition', `attachment; filename*=UTF-8''${encodedName(found)}`)
    response.writeHead(200, headers)
    if (request.method === 'HEAD') {
      original.stream.destroy()
      return void response.end()
    }
    await pipeline(original.stream, response).catch(() => response.destroy())
  }
}

/** RFC 8187. */
const encodedName = ({ fileName, format }: { fileName: string | null; format: string }) =>
  encodeURIComponent(fileName?.toWellFormed() ?? `picture.${format}`).replaceAll(
    /['()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
