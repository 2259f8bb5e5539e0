import { connect, createServer, type Server } from 'node:net'
import { OperatorError } from './operator-error'

/** A TCP port on loopback that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.')),
      )
    })
  })
}

/**
 * Checks that nothing listens on the port, so that a second start fails at once. It connects and does not bind: the server listens only once it can
 * serve pages, so that a load balancer's connection is refused until then and it tries the next server.
 * @throws OperatorError when the connection is accepted
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
 * @param host the address to listen on; undefined: every address of this machine
 * @throws OperatorError when the port is taken or forbidden
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
