import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { sql as query } from 'drizzle-orm'
import type { Sql } from 'postgres'
import { Backoff, type BackoffLimits } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'
import type { Database, Transaction } from './client'
import { connect } from './connection'

/** The channels of LISTEN and NOTIFY. Two builds run together during an upgrade, so the names stay as they are. */
const channels = {
  /** Which pages a change makes stale. */
  invalidation: 'stale',
  /** What happens in a story that is open: updates of its document, presence, history. */
  collaboration: 'words',
} as const

type ChannelName = keyof typeof channels

/** Sent when the transaction commits. @param payload fewer than 8,000 bytes, the limit of Postgres */
export async function notify(db: Database | Transaction, channel: ChannelName, payload: string) {
  await db.execute(query`select pg_notify(${channels[channel]}, ${payload})`)
}

type SubscriptionOptions<Missed> = {
  databaseUrl: string
  channel: ChannelName
  applicationName: string
  /** The interval of the self-test, and its timeout. Milliseconds. */
  heartbeat: { every: number; within: number }
  /** For connecting, LISTEN, the self-test and `catchUp`: the first time, and later four times what it took last, but not less than `least`. Milliseconds. */
  connectTimeout: { first: number; least: number }
  reconnectDelay: BackoffLimits
  onNotification: (payload: string) => void
  /** Reads what was missed while not connected, on the connection that already listens. */
  catchUp: (sql: Sql) => Promise<Missed>
  onConnected: (missed: Missed) => void
  onDisconnected: (reason: string) => void
}

export type Subscription = { stop: () => Promise<void> }

/**
 * Listens on a channel, on a connection of its own, until it is stopped. A connection that is closed or does not respond is replaced, and the
 * subscriber is notified of both. (`sql.listen` of postgres.js gives up silently when it cannot reconnect at once.)
 */
export function subscribe<Missed>(options: SubscriptionOptions<Missed>): Subscription {
  const stopping = new AbortController()
  const finished = run(options, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await finished
    },
  }
}

async function run<Missed>(options: SubscriptionOptions<Missed>, stopping: AbortSignal) {
  const { heartbeat, connectTimeout } = options
  const backoff = new Backoff(options.reconnectDelay)
  let timeout = connectTimeout.first
  while (!stopping.aborted) {
    const connection = openConnection(options)
    try {
      const startedAt = performance.now()
      const missed = await orTimeout(timeout, Promise.race([listen(connection, options), connection.closed]))
      timeout = Math.max(connectTimeout.least, 4 * (performance.now() - startedAt))
      options.onConnected(missed)
      backoff.reset()
      await Promise.race([sendHeartbeats(connection.sql, heartbeat, stopping), connection.closed])
    } catch (error) {
      if (!stopping.aborted) options.onDisconnected(error instanceof Error ? error.message : String(error))
    }
    // Not awaited: a database that hangs does not respond to this either.
    void connection.sql.end({ timeout: 0 }).catch(() => undefined)
    await pause(backoff.next(), undefined, { signal: stopping }).catch(() => undefined)
  }
}

type Connection = { sql: Sql; closed: Promise<never>; selfTest: { channel: string; received: Promise<void> } }

function openConnection<Missed>(options: SubscriptionOptions<Missed>): Connection {
  const selfTestChannel = randomUUID()
  let onClosed: (reason: Error) => void
  let onSelfTest: () => void
  const closed = new Promise<never>((_resolve, reject) => (onClosed = reject))
  closed.catch(() => undefined)
  const received = new Promise<void>((resolve) => (onSelfTest = resolve))
  // An option of the package that its types leave out.
  const notifications = {
    onnotify: (channel: string, payload: string) => {
      if (channel === selfTestChannel) onSelfTest()
      else options.onNotification(payload)
    },
  }
  const sql = connect(options.databaseUrl, {
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: Math.ceil(options.connectTimeout.first / 1000),
    prepare: false,
    onclose: () => onClosed(new Error('The connection was closed.')),
    connection: { application_name: options.applicationName, statement_timeout: 5000 },
    ...notifications,
  })
  return { sql, closed, selfTest: { channel: selfTestChannel, received } }
}

/** The self-test notifies this connection itself: through a pooler in transaction mode, no notification would ever arrive. */
async function listen<Missed>(
  { sql, selfTest }: Connection,
  { channel, catchUp }: SubscriptionOptions<Missed>,
): Promise<Missed> {
  await sql`listen ${sql(channels[channel])}`
  await sql`listen ${sql(selfTest.channel)}`
  await sql`select pg_notify(${selfTest.channel}, 'self-test')`
  await orTimeout(
    1000,
    selfTest.received,
    'Notifications do not arrive: DATABASE_URL must lead to Postgres itself, or to a pooler in session mode.',
  )
  return catchUp(sql)
}

async function sendHeartbeats(
  sql: Sql,
  { every, within }: { every: number; within: number },
  stopping: AbortSignal,
): Promise<never> {
  for (;;) {
    await pause(every, undefined, { signal: stopping })
    await orTimeout(within, sql`select 1`)
  }
}

/** @throws Error when it takes longer than `milliseconds` */
const orTimeout = <Value>(milliseconds: number, work: PromiseLike<Value>, reason = 'The database does not answer.') =>
  withDeadline(milliseconds, work, (): never => {
    throw new Error(reason)
  })
