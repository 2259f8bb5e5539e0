import type { IncomingMessage } from 'node:http'
import zlib from 'node:zlib'
import { bestEncoding } from '../page-cache/send-page'
import { isCompressible } from '../page-cache/page'
import { isAdminPath } from '../http/address'

/** What is shorter grows by being packed. Bytes. */
const MIN_SIZE = 1024

/** Brotli for one person, who waits: a quick level, and a window (256 KB) that holds a page; the usual one takes 4 MB for each answer that is under way. */
const BROTLI_PARAMS = { [zlib.constants.BROTLI_PARAM_QUALITY]: 4, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 }

/** An answer on its way through, in fewer bytes. */
export type Compression = { encoding: 'br' | 'gzip'; compressor: zlib.BrotliCompress | zlib.Gzip }

/**
 * How a page behind the door is packed on its way; null where it goes as it is. Nothing is packed that another site may have asked for: the length of
 * what is packed tells of what is in it (BREACH, CVE-2013-3587). Nor what never ends.
 */
export function compressionFor(
  request: IncomingMessage,
  upstreamResponse: IncomingMessage,
  path: string,
): Compression | null {
  const {
    'content-type': type = '',
    'content-length': length,
    'content-encoding': contentEncoding,
  } = upstreamResponse.headers
  if (!isAdminPath(path) || request.method === 'HEAD' || contentEncoding !== undefined || !isCompressible(type))
    return null
  if (isEventStream(upstreamResponse) || Number(length ?? MIN_SIZE) < MIN_SIZE) return null
  const fetchSite = request.headers['sec-fetch-site']
  if (fetchSite !== 'same-origin' && fetchSite !== 'none') return null
  const encoding = bestEncoding(request.headers['accept-encoding'])
  switch (encoding) {
    case 'br':
      return {
        encoding,
        compressor: zlib.createBrotliCompress({ params: BROTLI_PARAMS }),
      }
    case 'gzip':
      return { encoding, compressor: zlib.createGzip() }
    case 'identity':
      return null
  }
}

/** An answer that goes on until somebody leaves. */
export const isEventStream = ({ headers }: IncomingMessage) =>
  headers['content-type']?.startsWith('text/event-stream') ?? false

/** Packs an answer as it comes: whatever has come is sent on at once, also when the rest takes its time. */
export function pipeCompressed(
  upstreamResponse: IncomingMessage,
  compressor: Compression['compressor'],
): Compression['compressor'] {
  let flushScheduled = false
  const scheduleFlush = () => {
    if (flushScheduled) return
    flushScheduled = true
    setImmediate(() => {
      flushScheduled = false
      if (!compressor.writableEnded && !compressor.destroyed) compressor.flush()
    })
  }
  // What was written before is sent on, too.
  scheduleFlush()
  upstreamResponse.on('data', scheduleFlush)
  return upstreamResponse.pipe(compressor)
}
