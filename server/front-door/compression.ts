import type { IncomingMessage } from 'node:http'
import zlib from 'node:zlib'
import { isAdminPath } from '../http/address'
import { bestEncoding, isCompressible } from '../http/encodings'

/** Shorter bodies grow by being compressed. Bytes. */
const MIN_SIZE = 1024

/** A fast level, and a window of 256 KB: the default window takes 4 MB of memory for each response. */
const BROTLI_PARAMS = { [zlib.constants.BROTLI_PARAM_QUALITY]: 4, [zlib.constants.BROTLI_PARAM_LGWIN]: 18 }

export type Compression = { encoding: 'br' | 'gzip'; compressor: zlib.BrotliCompress | zlib.Gzip }

/**
 * The compression of a proxied admin page; null where it is passed as it is. A response that another site may have requested is not compressed:
 * the compressed length reveals something of its content (BREACH, CVE-2013-3587). Nor is an event stream.
 */
export function compressionFor(
  request: IncomingMessage,
  upstreamResponse: IncomingMessage,
  path: string,
): Compression | null {
  const { headers } = upstreamResponse
  if (!isAdminPath(path) || request.method === 'HEAD' || headers['content-encoding'] !== undefined) return null
  if (!isCompressible(headers['content-type'] ?? '') || isEventStream(upstreamResponse)) return null
  if (Number(headers['content-length'] ?? MIN_SIZE) < MIN_SIZE) return null
  const fetchSite = request.headers['sec-fetch-site']
  if (fetchSite !== 'same-origin' && fetchSite !== 'none') return null
  const encoding = bestEncoding(request.headers['accept-encoding'])
  switch (encoding) {
    case 'br':
      return { encoding, compressor: zlib.createBrotliCompress({ params: BROTLI_PARAMS }) }
    case 'gzip':
      return { encoding, compressor: zlib.createGzip() }
    case 'identity':
      return null
  }
}

export const isEventStream = ({ headers }: IncomingMessage) =>
  headers['content-type']?.startsWith('text/event-stream') ?? false

/** Compresses a response in parts: each part is flushed at once, even if the next one takes long. */
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
  // Flushes what was written before, too.
  scheduleFlush()
  upstreamResponse.on('data', scheduleFlush)
  return upstreamResponse.pipe(compressor)
}
