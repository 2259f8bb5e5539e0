import { createServer, type Server } from 'node:net'
import { Sorry } from './sorry'

/**
 * Finds out first of all whether the port can be had, so that a second start says so at once. It is taken only when there is something to show:
 * until then a balancer is refused and asks the next server.
 * @throws Sorry when it is taken or forbidden
 */
export async function portIsFree(port: number, host: string | undefined): Promise<void> {
  const nobody = createServer()
  await listenOn(nobody, port, host)
  await new Promise((resolve) => nobody.close(resolve))
}

/**
 * Takes the port.
 * @param host the address to listen on; undefined: every address of this machine
 * @throws Sorry when the port is taken or forbidden
 */
export function listenOn(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => reject(new Sorry(sentenceFor(error, port)))
    server.once('error', refused)
    server.listen(port, host, () => {
      server.off('error', refused)
      resolve()
    })
  })
}

function sentenceFor(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is taken by another program. Stop it, or set PORT to another number.`
  if (error.code === 'EACCES')
    return `This account may not listen on port ${port}. Set PORT to a number above 1023, and put a proxy in front.`
  return `Listening on port ${port} failed: ${error.message}`
}
