import { meansAway } from '@/db/absence'
import { migrateDatabase } from '@/db/migrating'
import { Sorry } from '../sorry'

/** Postgres' code for what an account may not do (SQLSTATE). */
const NOT_PERMITTED = '42501'

/**
 * Brings the tables to this version's.
 * @throws Sorry when the account may not, or the database cannot now
 */
export async function upgradeTables(url: string): Promise<{ applied: number }> {
  try {
    return await migrateDatabase(url)
  } catch (error) {
    const said = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const code = said instanceof Error && 'code' in said ? String(said.code) : ''
    if (!(said instanceof Error) || (code !== NOT_PERMITTED && !meansAway(code))) throw error
    const advice =
      code === NOT_PERMITTED
        ? ' Let the account in DATABASE_URL own its database and everything in it, and start again.'
        : ''
    throw new Sorry(`The database was not brought to this version’s tables: ${said.message}.${advice}`)
  }
}
