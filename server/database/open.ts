import { connect } from '@/db/connection'
import { withDeadline } from '@/lib/deadline'
import type { Settings } from '../settings'
import { OperatorError } from '../operator-error'
import { startEmbeddedDatabase } from './embedded'

const OLDEST_POSTGRES = 15

/**
 * A proxy without a database behind it accepts a connection and closes it at once; postgres.js would then reconnect without end. Milliseconds.
 */
const TIMEOUTS = { connect: 5000, query: 6000 }

/** The database may be available later. */
export class DatabaseUnavailable extends OperatorError {}

export type OpenDatabase = { url: string; summary: string; stop: () => Promise<void> }

/**
 * The database of the settings, or the embedded one.
 * @throws DatabaseUnavailable when it does not respond; OperatorError when it is too old
 */
export async function openDatabase(settings: Settings, log: (sentence: string) => void): Promise<OpenDatabase> {
  if (settings.DATABASE_URL === undefined) {
    const { url, version, stop } = await startEmbeddedDatabase(settings.DATA_DIR, log)
    return { url, summary: `Started Postgres ${version}`, stop }
  }
  const version = await versionOf(settings.DATABASE_URL)
  if (Number.parseInt(version, 10) < OLDEST_POSTGRES)
    throw new OperatorError(
      `The database at DATABASE_URL is Postgres ${version}; Broadsheet needs ${OLDEST_POSTGRES} or newer.`,
    )
  return { url: settings.DATABASE_URL, summary: `Reached Postgres ${version}`, stop: async () => undefined }
}

async function versionOf(url: string): Promise<string> {
  const connection = connect(url, { connect_timeout: TIMEOUTS.connect / 1000 })
  try {
    const query = connection<{ server_version: string }[]>`show server_version`
    const [row] = await withDeadline(TIMEOUTS.query, query, () => {
      throw new Error(`no response within ${TIMEOUTS.query / 1000} seconds.`)
    })
    return row?.server_version ?? ''
  } catch (error) {
    const { host, pathname } = new URL(url)
    throw new DatabaseUnavailable(
      `The database at ${host}${pathname} (DATABASE_URL) does not answer: ${error instanceof Error ? error.message : String(error)}`,
    )
  } finally {
    await connection.end({ timeout: 1 })
  }
}
