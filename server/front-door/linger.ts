import type { Duplex } from 'node:stream'

/** For so long a client may read the response to a request that was refused before its end. Milliseconds. */
const LINGER = 1000

/** Destroys a connection that was ended: a client that goes on sending, or never closes its side, would keep it and its descriptor. */
export function destroyAfterLinger(socket: Duplex) {
  const timer = setTimeout(() => socket.destroy(), LINGER)
  socket.once('close', () => clearTimeout(timer))
  // What still arrives is discarded, so that a close of the client is noticed.
  socket.on('error', () => socket.destroy()).resume()
}
