import http, { type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { destroyAfterLinger } from './linger'
import { emptyPolicy } from '../http/headers'

/** No endpoint speaks another protocol. */
export function refuseUpgrade(socket: Duplex, common: readonly string[]) {
  // Node no longer handles errors of this socket: without a listener, a reset connection would end the process.
  socket.on('error', () => socket.destroy())
  socket.end(rawResponse('400 Bad Request', common))
  destroyAfterLinger(socket)
}

/** A response without a body, for a socket without a `ServerResponse`. */
export function rawResponse(status: string, common: readonly string[]): string {
  const lines = common.map((value, at) => (at % 2 === 0 ? `${value}: ` : `${value}\r\n`)).join('')
  return `HTTP/1.1 ${status}\r\n${lines}Content-Security-Policy: ${emptyPolicy}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`
}

/** In development, Next sends changes to the browser through a web socket. */
export function proxyUpgrade(origin: string, request: IncomingMessage, socket: Duplex, head: Buffer) {
  socket.on('error', () => upstream.destroy())
  const headers = { ...request.headers, host: new URL(origin).host, origin }
  const upstream = http.request(`${origin}${request.url ?? '/'}`, { headers })
  upstream.once('upgrade', (response, upstreamSocket, first) => {
    const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}`)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
    socket.write(first)
    upstreamSocket.write(head)
    upstreamSocket.pipe(socket).pipe(upstreamSocket)
    upstreamSocket.on('error', () => socket.destroy())
    socket.once('close', () => upstreamSocket.destroy())
  })
  upstream.once('error', () => socket.destroy())
  upstream.end()
}
