import type { IncomingMessage, ServerResponse } from 'node:http'

/** In which the body of a request must have arrived. Milliseconds. */
const BODY_TIMEOUT = 15_000

/** Cuts the connection of a client that sends a body without end, whatever was answered meanwhile. */
export function limitBodyTime(request: IncomingMessage, response: ServerResponse) {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (encoding === undefined && (length === undefined || length === '0')) return
  const timer = setTimeout(() => {
    if (request.complete) return
    if (!response.headersSent) response.writeHead(408, { Connection: 'close', 'Content-Length': '0' }).end()
    request.socket.destroySoon()
  }, BODY_TIMEOUT).unref()
  request.once('close', () => clearTimeout(timer))
}
