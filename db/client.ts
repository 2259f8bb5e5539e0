import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'
import { withDeadlines } from './query-deadline'
import * as author from './schema/author'
import * as frontPage from './schema/front-page'
import * as history from './schema/history'
import * as live from './schema/live'
import * as progress from './schema/progress'
import * as section from './schema/section'
import * as settings from './schema/settings'
import * as story from './schema/story'
import * as topic from './schema/topic'
import * as user from './schema/user'
import { connect } from './connection'

const schema = {
  ...author,
  ...frontPage,
  ...history,
  ...live,
  ...progress,
  ...section,
  ...settings,
  ...story,
  ...topic,
  ...user,
}

export type Database = PostgresJsDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** How many connections one process holds at most. */
export const CONNECTIONS = 10

/**
 * Where work with one transaction is under way: asking the pool for a second connection from there can wait for itself for ever.
 * Watched in development and in tests, where such a bug is made; up to Node 22 the watch slows down every callback of its process,
 * a sixth of what a reader's answer costs.
 */
const transactionContext = /^(?:development|test)$/u.test(process.env.NODE_ENV ?? '')
  ? new AsyncLocalStorage<true>()
  : null

/** Next bundles this file once for pages and once more for routes; one process has one pool all the same. */
const POOL = Symbol.for('broadsheet: the open pool')
const processGlobal = globalThis as typeof globalThis & { [POOL]?: { connection: Sql; db: Database } | undefined }

/** The pool, opened at the first question. `DATABASE_URL` is read then, so a launcher may set it before. */
function pool() {
  if (transactionContext?.getStore())
    throw new Error('Inside a transaction, ask the transaction: the pool may have no connection left to give.')
  if (!processGlobal[POOL]) {
    const url = process.env.DATABASE_URL
    if (!url)
      throw new Error('DATABASE_URL is not set: the server sets it for the embedded database, or you do for your own.')
    const connection = connect(url, {
      max: CONNECTIONS,
      idle_timeout: 30,
      max_lifetime: 1800,
      connect_timeout: 3,
      // The package's own waits up to 20 s before it looks again whether the database is back.
      backoff: () => 0.1,
      connection: {
        application_name: 'broadsheet',
        statement_timeout: 5000,
        lock_timeout: 2000,
        idle_in_transaction_session_timeout: 10_000,
      },
    })
    const guarded = withDeadlines(connection, CONNECTIONS, () => replacePool(connection))
    processGlobal[POOL] = { connection, db: drizzle(guarded, { schema }) }
  }
  return processGlobal[POOL]
}

/** Lets a pool go whose connections lead nowhere; the next question opens another. */
function replacePool(connection: Sql) {
  if (processGlobal[POOL]?.connection === connection) processGlobal[POOL] = undefined
  void connection.end({ timeout: 0 }).catch(() => undefined)
}

/** The database, for questions. For a change, use `transaction`. */
export function database(): Database {
  return pool().db
}

/** One change, whole or not at all; the callback may use only its own transaction. */
export function transaction<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  return pool().db.transaction((tx) => (transactionContext ? transactionContext.run(true, () => work(tx)) : work(tx)))
}

/** Ends all connections, for scripts and tests that want to end. */
export async function closeDatabase() {
  const openPool = processGlobal[POOL]
  processGlobal[POOL] = undefined
  await openPool?.connection.end({ timeout: 2 })
}
