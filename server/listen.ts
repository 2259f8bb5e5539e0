import http, { type Server } from 'node:http'
import { Sorry } from './sorry'

/** The port, taken first of all so that a second start says so at once; until the front door is ready it asks readers to wait. */
export const listen = {
  /**
   * @param host the address to listen on; undefined: every address of this machine
   * @throws Sorry when the port is taken or forbidden
   */
  async reserve(
    port: number,
    host: string | undefined,
  ): Promise<{ handOver: (server: Server) => Promise<void>; close: () => Promise<void> }> {
    const waiting = http.createServer((_request, response) => {
      response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Retry-After': '2', Connection: 'close' })
      response.end('The portal is starting. Try again in a moment.\n')
    })
    await new Promise<void>((resolve, reject) => {
      waiting.once('error', (error: NodeJS.ErrnoException) => reject(new Sorry(sentenceFor(error, port))))
      waiting.listen(port, host, resolve)
    })
    let listening: Server = waiting
    return {
      handOver: async (server) => {
        waiting.closeAllConnections()
        await new Promise((resolve) => waiting.close(resolve))
        listening = server
        await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
      },
      close: () => new Promise((resolve) => listening.close(() => resolve())),
    }
  },
}

function sentenceFor(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or set PORT to another number.`
  if (error.code === 'EACCES')
    return `This account may not listen on port ${port}. Set PORT to a number above 1023, and put a proxy in front.`
  return `Listening on port ${port} failed: ${error.message}`
}
