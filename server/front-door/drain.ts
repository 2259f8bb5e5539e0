import type { Server } from 'node:http'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** So long those who are just coming in are still let in, and told not to come back, while a balancer finds out that we are not ready. Milliseconds. */
const LETS_IN_FOR = 300

/** What runs is finished within this; what is kept open and unused so long after the last answer is closed. Milliseconds. */
const DRAINS_WITHIN = 18_000
const UNUSED_FOR = 1500

/** Whoever has not sent their question whole by then is not waited for: what they write, their device keeps. Milliseconds. */
const ASKS_WITHIN = 4000
const LOOKS_EVERY = 50

const QUIET_MOMENTS_TRIED = 1000

/**
 * Takes no new connections, and resolves when all are closed. Whoever asks on a kept connection meanwhile is answered, and told
 * (`Connection: close`, by the door) that this was the last time; only then, when nobody has asked for a while, unused ones are closed.
 */
export async function drainServer(server: Server): Promise<void> {
  server.headersTimeout = ASKS_WITHIN
  server.requestTimeout = ASKS_WITHIN
  if (server.listening) await pause(LETS_IN_FOR)
  await aQuietMoment(server)
  const closed = new Promise<void>((resolve) => {
    // Not http's own `close`: it ends kept connections on which somebody may be asking at this very moment.
    net.Server.prototype.close.call(server, () => resolve())
  })
  const late = setTimeout(() => server.closeAllConnections(), DRAINS_WITHIN)
  await Promise.race([closed, pause(UNUSED_FOR)])
  const looking = setInterval(() => server.closeIdleConnections(), LOOKS_EVERY)
  await closed
  clearTimeout(late)
  clearInterval(looking)
}

/**
 * Right after Node has let in everybody who stood at the door, and nobody came: whoever stands there when it closes is turned away without a word.
 * In a crowd it does not come for certain, but is worth a few tries.
 */
async function aQuietMoment(server: Server) {
  let came = true
  const somebody = () => (came = true)
  server.on('connection', somebody).on('request', somebody)
  for (let tries = 0; came && tries < QUIET_MOMENTS_TRIED; tries += 1) {
    came = false
    await new Promise((resolve) => setImmediate(resolve))
  }
  server.off('connection', somebody).off('request', somebody)
}
