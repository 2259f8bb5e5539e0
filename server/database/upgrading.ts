import { rootCause, isUnavailable } from '@/db/connection-errors'
import { migrateDatabase } from '@/db/migrate'
import { OperatorError } from '../operator-error'

/** SQLSTATE. */
const INSUFFICIENT_PRIVILEGE = '42501'

const NEWER_SCHEMA =
  'The database has the tables of a newer Broadsheet. This version may not know all data in it: start the newer one again as soon as you can.'

/**
 * Migrates the database to this version. Tables of a newer version stay as they are, so that an older version can be started in an emergency.
 * @param log receives a warning when the tables are of a newer version
 * @throws OperatorError when the account lacks a privilege, or the database is unavailable
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
    throw new OperatorError(`The database could not be migrated: ${reason.message}.${advice}`)
  }
}
