import { rootCause, isUnavailable } from '@/db/connection-errors'
import { migrateDatabase } from '@/db/migrate'
import { OperatorError } from '../operator-error'

/** Postgres' code for what an account may not do (SQLSTATE). */
const INSUFFICIENT_PRIVILEGE = '42501'

const NEWER_SCHEMA =
  'The database has the tables of a newer Broadsheet than this one, which may not know all that is kept there. Start the newer one again as soon as you can.'

/**
 * Brings the tables to this version's. A newer version's stay as they are: going back must be possible at night, but whoever does it should know.
 * @param log hears that the tables are a newer version's
 * @throws Sorry when the account may not, or the database cannot now
 */
export async function upgradeTables(url: string, log: (sentence: string) => void): Promise<{ applied: number }> {
  try {
    const { applied, unknown } = await migrateDatabase(url)
    if (unknown > 0) log(NEWER_SCHEMA)
    return { applied }
  } catch (error) {
    const reason = rootCause(error)
    const code = reason instanceof Error && 'code' in reason ? String(reason.code) : ''
    if (!(reason instanceof Error) || (code !== INSUFFICIENT_PRIVILEGE && !isUnavailable(code))) throw error
    const advice =
      code === INSUFFICIENT_PRIVILEGE
        ? ' Let the account in DATABASE_URL own its database and everything in it, and start again.'
        : ''
    throw new OperatorError(`The database was not brought to this version’s tables: ${reason.message}.${advice}`)
  }
}
