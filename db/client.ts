import { AsyncLocalStorage } from 'node:async_hooks'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type { Sql } from 'postgres'
import { withDeadlines } from './query-deadline'
import * as frontPage from './schema/front-page'
import * as history from './schema/history'
import * as live from './schema/live'
import * as progress from './schema/progress'
import * as search from './schema/search'
import * as section from './schema/section'
import * as settings from './schema/settings'
import * as story from './schema/story'
import * as taxonomy from './schema/taxonomy'
import * as user from './schema/user'
import { connect } from './connection'

const schema = {
  ...frontPage,
  ...history,
  ...live,
  ...progress,
  ...search,
  ...section,
  ...settings,
  ...story,
  ...taxonomy,
  ...user,
}

export type Database = PostgresJsDatabase<typeof schema>
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** At most, for each process. */
export const CONNECTIONS = 10

/**
 * Finds code inside a transaction that uses the pool: it can deadlock. In development and tests only, because up to Node 22 it slows
 * down every callback of the process, by a sixth of a reader's response.
 */
const transactionContext = /^(?:development|test)$/u.test(process.env.NODE_ENV ?? '')
  ? new AsyncLocalStorage<true>()
  : null

/** Shared by all bundles of this file: Next makes one for pages and one for routes. */
const POOL = Symbol.for('broadsheet: the open pool')
const processGlobal = globalThis as typeof globalThis & { [POOL]?: { connection: Sql; db: Database } | undefined }

/** Opened by the first query, which reads `DATABASE_URL`: a launcher may set it before. */
function pool() {
  if (transactionContext?.getStore())
    throw new Error('Inside a transaction, use the transaction: the pool may have no free connection.')
  if (!processGlobal[POOL]) {
    const url = process.env.DATABASE_URL
    if (!url)
      throw new Error('DATABASE_URL is not set: the server sets it for the embedded database, or you do for your own.')
    const connection = connect(url, {
      max: CONNECTIONS,
      idle_timeout: 30,
      max_lifetime: 1800,
      connect_timeout: 3,
      // The default waits up to 20 s before it tries to reconnect.
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

/** Closes a pool with broken connections; the next query opens another. */
function replacePool(connection: Sql) {
  if (processGlobal[POOL]?.connection === connection) processGlobal[POOL] = undefined
  void connection.end({ timeout: 0 }).catch(() => undefined)
}

/** For queries. For changes use `transaction`. */
export function database(): Database {
  return pool().db
}

/** The callback may use nothing but its own transaction. */
export function transaction<Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  return pool().db.transaction((tx) => (transactionContext ? transactionContext.run(true, () => work(tx)) : work(tx)))
}

/** Closes all connections, so that a script or test can end. */
export async function closeDatabase() {
  const openPool = processGlobal[POOL]
  processGlobal[POOL] = undefined
  await openPool?.connection.end({ timeout: 2 })
}
