import http, { type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

/** Nothing of ours speaks another protocol. */
export function refuseUpgrade(socket: Duplex) {
  socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

/** In development, Next tells the browser through a web socket what changed. */
export function passUpgrade(origin: string, request: IncomingMessage, socket: Duplex, head: Buffer) {
  const headers = { ...request.headers, host: new URL(origin).host, origin }
  const upstream = http.request(`${origin}${request.url ?? '/'}`, { headers })
  upstream.once('upgrade', (response, opposite, first) => {
    const lines = Object.entries(response.headers).map(([name, value]) => `${name}: ${String(value)}`)
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
    socket.write(first)
    opposite.write(head)
    opposite.pipe(socket).pipe(opposite)
    for (const end of [socket, opposite]) end.on('error', () => [socket, opposite].forEach((other) => other.destroy()))
  })
  upstream.once('error', () => socket.destroy())
  upstream.end()
}
