import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'
import { connect } from '@/db/connection'
import { Backoff } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'
import type { NewsroomEvent } from '@/domain/history/event'
import { withdrawalsIn, withdrawalTypes, type Withdrawal } from '@/domain/history/withdrawal'
import { readNotice, type Notice } from './notice'

/** The database is asked this often whether it is still there, and must answer within this. Milliseconds. */
const HEARTBEAT = { every: 1000, within: 1500 }

/** How long it may take until we hear: the first time, and later so many times what it took last, but not less than the least. Milliseconds. */
const CONNECT_TIMEOUT = { first: 5000, times: 4, least: 1000 }
const RECONNECT_DELAY = { first: 50, last: 250 }

/** Lines of history may be committed a little out of their order; so many before the last one heard are looked at again. */
const OUT_OF_ORDER_WINDOW = 100

/** What happened while nobody listened, as far as it matters: whatever else changed, everything is stale anyway. */
export type CatchUp = { withdrawn: Withdrawal[]; history: number }

/** Who is told what is heard. */
export type NoticeHandlers = {
  /** The last line of history that the remembered pages know of. */
  lastSeenId: () => number
  onNotice: (notice: Notice) => void
  onConnected: (changes: CatchUp) => void
  onDisconnected: (reason: string) => void
}

export type Subscription = { stop: () => Promise<void> }

/**
 * Listens to what the newsroom changes, on a connection of its own, for as long as the server lives. (`sql.listen` of postgres.js gives up
 * silently when it cannot reconnect at once.) A connection that is lost or does not answer is replaced, and the listener is told both times.
 */
export function subscribeToNotices(databaseUrl: string, handlers: NoticeHandlers): Subscription {
  const stopping = new AbortController()
  const finished = runSubscription(databaseUrl, handlers, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await finished
    },
  }
}

async function runSubscription(databaseUrl: string, handlers: NoticeHandlers, stopping: AbortSignal) {
  const backoff = new Backoff(RECONNECT_DELAY)
  let connectTimeout = CONNECT_TIMEOUT.first
  while (!stopping.aborted) {
    const connection = openConnection(databaseUrl, handlers)
    try {
      const startedAt = performance.now()
      const changes = await inTime(connectTimeout, Promise.race([catchUp(connection, handlers), connection.lost]))
      connectTimeout = Math.max(CONNECT_TIMEOUT.least, CONNECT_TIMEOUT.times * (performance.now() - startedAt))
      handlers.onConnected(changes)
      backoff.reset()
      await Promise.race([heartbeat(connection.sql, stopping), connection.lost])
    } catch (error) {
      if (!stopping.aborted) handlers.onDisconnected(error instanceof Error ? error.message : String(error))
    }
    // Not waited for: a database that hangs would not let go of the line.
    void connection.sql.end({ timeout: 0 }).catch(() => undefined)
    await pause(backoff.next(), undefined, { signal: stopping }).catch(() => undefined)
  }
}

type Connection = { sql: Sql; lost: Promise<never>; selfTest: { channel: string; received: Promise<void> } }

function openConnection(databaseUrl: string, handlers: NoticeHandlers): Connection {
  const selfTestChannel = randomUUID()
  let onLost: (reason: Error) => void
  let selfTestReceived: () => void
  const lost = new Promise<never>((_resolve, reject) => (onLost = reject))
  lost.catch(() => undefined)
  const received = new Promise<void>((resolve) => (selfTestReceived = resolve))
  // An option of the package that its types leave out.
  const notifications = {
    onnotify: (channel: string, payload: string) => {
      if (channel === selfTestChannel) selfTestReceived()
      else handlers.onNotice(readNotice(payload))
    },
  }
  const sql = connect(databaseUrl, {
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    prepare: false,
    onclose: () => onLost(new Error('The connection was closed.')),
    connection: { application_name: 'broadsheet-listening', statement_timeout: 5000 },
    ...notifications,
  })
  return { sql, lost, selfTest: { channel: selfTestChannel, received } }
}

/** Begins to listen, proves by an echo that it hears (through some poolers nobody would), and asks what it missed. */
async function catchUp({ sql, selfTest }: Connection, { lastSeenId }: NoticeHandlers): Promise<CatchUp> {
  await sql`listen stale`
  await sql`listen ${sql(selfTest.channel)}`
  await sql`select pg_notify(${selfTest.channel}, 'echo')`
  await inTime(
    1000,
    selfTest.received,
    'Notices do not come through: DATABASE_URL must lead to Postgres itself, or to a pooler in session mode.',
  )
  const [last] = await sql<{ id: string | null }[]>`select max(id) as id from history`
  const lastSeen = lastSeenId()
  const changes =
    lastSeen === 0
      ? []
      : await sql<{ event: NewsroomEvent }[]>`
          select event from history where id > ${lastSeen - OUT_OF_ORDER_WINDOW} and event->>'type' in ${sql(withdrawalTypes)} order by id`
  return { withdrawn: withdrawalsIn(changes.map(({ event }) => event)), history: Number(last?.id ?? 0) }
}

async function heartbeat(sql: Sql, stopping: AbortSignal): Promise<never> {
  for (;;) {
    await pause(HEARTBEAT.every, undefined, { signal: stopping })
    await inTime(HEARTBEAT.within, sql`select 1`)
  }
}

/** @throws Error when it takes longer than `milliseconds` */
const inTime = <Value>(milliseconds: number, work: PromiseLike<Value>, reason = 'The database does not answer.') =>
  withDeadline(milliseconds, work, (): never => {
    throw new Error(reason)
  })
