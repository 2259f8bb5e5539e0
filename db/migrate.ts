import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import { connect } from './connection'
import { lockSession } from './locks'

/**
 * A migration that waits for a table makes everybody wait who comes after it, also in the newspaper that still runs: it gives up soon, and tries
 * again while somebody reads for long (a backup). Milliseconds, and tries.
 */
const LOCK_TIMEOUT = 2000
const MAX_ATTEMPTS = 60
const RETRY_DELAY = 1000

/** Postgres' codes for a lock that was not to be had, and for two who waited for each other (SQLSTATE). */
const LOCK_FAILURES = ['55P03', '40P01']

/**
 * Brings a database to this version's shape. Safe to call from several servers at once: one migrates, the others wait for it.
 * Run from the project's root, like everything here.
 * @returns how many migrations this call applied (0: it was up to date), and how many a newer Broadsheet has applied that this one does not know
 */
export async function migrateDatabase(
  url: string,
  migrationsFolder = 'db/migrations',
): Promise<{ applied: number; unknown: number }> {
  const connection = connect(url, {
    connect_timeout: 5,
    connection: { application_name: 'broadsheet-migrate' },
  })
  try {
    await lockSession(connection, 'migration')
    const before = await appliedMigrations(connection)
    await connection`select set_config('lock_timeout', ${`${LOCK_TIMEOUT}ms`}, false)`
    await retryOnLockFailure(() => migrate(drizzle(connection), { migrationsFolder }))
    const after = await appliedMigrations(connection)
    return { applied: after - before, unknown: await countUnknown(connection, migrationsFolder) }
  } finally {
    await connection.end({ timeout: 2 })
  }
}

async function retryOnLockFailure(work: () => Promise<void>) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const { code, cause } = error as { code?: string; cause?: { code?: string } }
      if (attempt === MAX_ATTEMPTS || !LOCK_FAILURES.includes(code ?? cause?.code ?? '')) throw error
      await pause(RETRY_DELAY)
    }
  }
}

async function appliedMigrations(connection: postgres.Sql): Promise<number> {
  const [table] = await connection<
    { there: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as there`
  if (!table?.there) return 0
  const [row] = await connection<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`
  return row?.count ?? 0
}

/** Those after the last one that stands in this version's folder. */
async function countUnknown(connection: postgres.Sql, migrationsFolder: string): Promise<number> {
  const last = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
  const [row] = await connection<{ count: number }[]>`
    select count(*)::int as count from drizzle.__drizzle_migrations where created_at > ${last}`
  return row?.count ?? 0
}
