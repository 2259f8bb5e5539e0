import { setTimeout as pause } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import type postgres from 'postgres'
import { connect } from './connection'
import { lockSession } from './locks'

/**
 * Queries that come after a migration waiting for a table lock wait as well, also those of servers that still run. So it gives up soon, and retries
 * while a long reader, such as a backup, holds the table. Milliseconds.
 */
const LOCK_TIMEOUT = 2000
const MAX_ATTEMPTS = 60
const RETRY_DELAY = 1000

/** SQLSTATE: lock_not_available and deadlock_detected. */
const LOCK_FAILURES = ['55P03', '40P01']

/**
 * Applies the migrations that are missing. Safe to call from several servers at once: one migrates, the others wait. Runs from the project's root.
 * @returns how many migrations this call applied, and how many the database has that this build lacks
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
    { exists: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`
  if (!table?.exists) return 0
  const [row] = await connection<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`
  return row?.count ?? 0
}

/** Migrations after the last one of this build. */
async function countUnknown(connection: postgres.Sql, migrationsFolder: string): Promise<number> {
  const last = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
  const [row] = await connection<{ count: number }[]>`
    select count(*)::int as count from drizzle.__drizzle_migrations where created_at > ${last}`
  return row?.count ?? 0
}
