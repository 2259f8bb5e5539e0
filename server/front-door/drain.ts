import type { Server } from 'node:http'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { withDeadline } from '@/lib/deadline'

/** So long those who are just coming in are still let in, and told not to come back, while a balancer finds out that we are not ready. Milliseconds. */
const ACCEPT_FOR = 300

/** What runs is finished within this; what is kept open and unused so long after the last answer is closed. Milliseconds. */
const DRAIN_TIMEOUT = 18_000
const IDLE_AFTER = 1500

/** Whoever has not sent their question whole by then is not waited for: what they write, their device keeps. Milliseconds. */
const REQUEST_TIMEOUT = 4000
const IDLE_CHECK_INTERVAL = 50

const MAX_IDLE_ATTEMPTS = 1000

/**
 * Takes no new connections, and resolves when all are closed. Whoever asks on a kept connection meanwhile is answered, and told
 * (`Connection: close`, by the door) that this was the last time; only then, when nobody has asked for a while, unused ones are closed.
 */
export async function drainServer(server: Server): Promise<void> {
  server.headersTimeout = REQUEST_TIMEOUT
  server.requestTimeout = REQUEST_TIMEOUT
  if (server.listening) await pause(ACCEPT_FOR)
  await waitForIdle(server)
  const closed = new Promise<void>((resolve) => {
    // Not http's own `close`: it ends kept connections on which somebody may be asking at this very moment.
    net.Server.prototype.close.call(server, () => resolve())
  })
  const timeout = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT)
  await withDeadline(IDLE_AFTER, closed, () => undefined)
  const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_INTERVAL)
  await closed
  clearTimeout(timeout)
  clearInterval(idleCheck)
}

/**
 * Right after Node has let in everybody who stood at the door, and nobody came: whoever stands there when it closes is turned away without a word.
 * In a crowd it does not come for certain, but is worth a few tries.
 */
async function waitForIdle(server: Server) {
  let active = true
  const onActivity = () => (active = true)
  server.on('connection', onActivity).on('request', onActivity)
  for (let attempt = 0; active && attempt < MAX_IDLE_ATTEMPTS; attempt += 1) {
    active = false
    await new Promise((resolve) => setImmediate(resolve))
  }
  server.off('connection', onActivity).off('request', onActivity)
}
