import { connect, type Server } from 'node:net'
import { OperatorError } from './operator-error'

/**
 * Finds out first of all whether another program has the port, so that a second start says so at once. It is asked, not tried: the port is taken
 * only when there is something to show, so that until then a balancer is refused and asks the next server.
 * @throws Sorry when somebody answers there
 */
export function assertPortIsFree(port: number, host = '127.0.0.1'): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = connect(port, host)
    probe.once('error', () => resolve())
    probe.once('connect', () => {
      probe.destroy()
      reject(new OperatorError(portTaken(port)))
    })
  })
}

/**
 * Takes the port.
 * @param host the address to listen on; undefined: every address of this machine
 * @throws Sorry when the port is taken or forbidden
 */
export function listenOn(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(new OperatorError(messageFor(error, port)))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      resolve()
    })
  })
}

function messageFor(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') return portTaken(port)
  if (error.code === 'EACCES')
    return `This account may not listen on port ${port}. Set PORT to a number above 1023, and put a proxy in front.`
  return `Listening on port ${port} failed: ${error.message}`
}

const portTaken = (port: number) => `Port ${port} is taken by another program. Stop it, or set PORT to another number.`
