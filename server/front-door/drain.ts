import type { Server } from 'node:http'
import net from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { withDeadline } from '@/lib/deadline'

/** New connections are accepted this long, with `Connection: close`, until a load balancer sees that the server is not ready. Milliseconds. */
const ACCEPT_FOR = 300

/** Running requests are finished within DRAIN_TIMEOUT; idle connections are closed IDLE_AFTER the drain began. Milliseconds. */
const DRAIN_TIMEOUT = 18_000
const IDLE_AFTER = 1500

/** For a request that is not sent completely by then, the drain does not wait: the newsroom's pages keep unsaved text on the device. Milliseconds. */
const REQUEST_TIMEOUT = 4000
const IDLE_CHECK_INTERVAL = 50

const MAX_IDLE_ATTEMPTS = 1000

/**
 * Stops accepting connections, and resolves when all are closed. A request on a keep-alive connection still gets a response, with
 * `Connection: close` (front-door.ts); idle connections are closed after a while.
 */
export async function drainServer(server: Server): Promise<void> {
  server.headersTimeout = REQUEST_TIMEOUT
  server.requestTimeout = REQUEST_TIMEOUT
  if (server.listening) await pause(ACCEPT_FOR)
  await waitForIdle(server)
  const closed = new Promise<void>((resolve) => {
    // `close` of http would end keep-alive connections, on which a request may arrive at this moment.
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
 * Resolves after a turn of the event loop without a new connection or request: connections in the accept backlog are reset when the server
 * closes. Under load there may be no such turn.
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
