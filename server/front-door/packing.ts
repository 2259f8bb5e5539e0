import type { IncomingMessage } from 'node:http'
import zlib from 'node:zlib'
import { bestEncoding } from '../page-cache/send-page'
import { isCompressible } from '../page-cache/page'
import { isBehindTheDoor } from './address'

/** What is shorter grows by being packed. Bytes. */
const WORTH_IT = 1024

/** Brotli for one person, who waits: a quick level, and a window (256 KB) that holds a page; the usual one takes 4 MB for each answer that is under way. */
const QUICKLY = { [zlib.constants.BROTLI_PARAM_QUALITY]: 4, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 }

/** An answer on its way through, in fewer bytes. */
export type Packing = { encoding: 'br' | 'gzip'; packer: zlib.BrotliCompress | zlib.Gzip }

/**
 * How a page behind the door is packed on its way; null where it goes as it is. Nothing is packed that another site may have asked for: the length of
 * what is packed tells of what is in it (BREACH, CVE-2013-3587). Nor what never ends.
 */
export function packingFor(request: IncomingMessage, answer: IncomingMessage, path: string): Packing | null {
  const { 'content-type': type = '', 'content-length': length, 'content-encoding': packed } = answer.headers
  if (!isBehindTheDoor(path) || request.method === 'HEAD' || packed !== undefined || !isCompressible(type)) return null
  if (neverEnds(answer) || Number(length ?? WORTH_IT) < WORTH_IT) return null
  const from = request.headers['sec-fetch-site']
  if (from !== 'same-origin' && from !== 'none') return null
  const encoding = bestEncoding(request.headers['accept-encoding'])
  switch (encoding) {
    case 'br':
      return {
        encoding,
        packer: zlib.createBrotliCompress({ params: QUICKLY }),
      }
    case 'gzip':
      return { encoding, packer: zlib.createGzip() }
    case 'identity':
      return null
  }
}

/** An answer that goes on until somebody leaves. */
export const neverEnds = ({ headers }: IncomingMessage) =>
  headers['content-type']?.startsWith('text/event-stream') ?? false

/** Packs an answer as it comes: whatever has come is sent on at once, also when the rest takes its time. */
export function packThrough(answer: IncomingMessage, packer: Packing['packer']): Packing['packer'] {
  let waits = false
  const sendOn = () => {
    if (waits) return
    waits = true
    setImmediate(() => {
      waits = false
      if (!packer.writableEnded && !packer.destroyed) packer.flush()
    })
  }
  // What was written before is sent on, too.
  sendOn()
  answer.on('data', sendOn)
  return answer.pipe(packer)
}
