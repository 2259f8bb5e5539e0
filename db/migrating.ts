import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Any number will do, as long as every Broadsheet uses the same: it names the lock under which one server migrates and the others wait. */
const MIGRATION_LOCK = 7_204_117

/**
 * Brings a database to this version's shape. Safe to call from several servers at once: one migrates, the others wait for it.
 * Run from the project's root, like everything here.
 * @returns how many migrations this call applied (0: it was up to date)
 */
export async function migrateDatabase(url: string, migrationsFolder = 'db/migrations'): Promise<{ applied: number }> {
  const connection = postgres(url, {
    max: 1,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: 'broadsheet-migrate' },
  })
  try {
    await connection`select pg_advisory_lock(${MIGRATION_LOCK})`
    const before = await appliedMigrations(connection)
    await migrate(drizzle(connection), { migrationsFolder })
    return { applied: (await appliedMigrations(connection)) - before }
  } finally {
    await connection.end({ timeout: 2 })
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
