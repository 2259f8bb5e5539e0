import type { IncomingMessage } from 'node:http'
import { MAX_BODY_SIZE } from './request-guard'

/** Bodies that are being received, of all requests together. Bytes. */
const MAX_TOTAL_SIZE = 96 * 1024 * 1024

let totalSize = 0

/** `aborted`: the client went away; `too-large`: more than the limit; `busy`: too many bodies at once, to be sent again. */
export class BodyError extends Error {
  constructor(readonly kind: 'aborted' | 'too-large' | 'busy') {
    super(kind)
  }
}

/**
 * The whole body of a request. The renderer gets a request only once it is complete: one that is cut cannot leave a half message on a connection,
 * and a client that goes away is not seen as a failure there.
 * @throws BodyError
 */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const end = (settle: () => void) => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose)
      totalSize -= size
      settle()
    }
    const fail = (kind: BodyError['kind']) =>
      end(() => {
        // What still arrives is discarded.
        request.on('error', () => undefined).resume()
        reject(new BodyError(kind))
      })
    const onData = (chunk: Buffer) => {
      size += chunk.length
      totalSize += chunk.length
      chunks.push(chunk)
      if (size > MAX_BODY_SIZE) fail('too-large')
      else if (totalSize > MAX_TOTAL_SIZE) fail('busy')
    }
    const onEnd = () => end(() => resolve(Buffer.concat(chunks, size)))
    const onClose = () => fail('aborted')
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose)
    if (request.destroyed) onClose()
  })
}
