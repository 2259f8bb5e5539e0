import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@/db/connecting'
import type { Settings } from '../settings'
import { Sorry } from '../sorry'
import { startEmbeddedDatabase } from './embedded'

/** The oldest Postgres we support. */
const OLDEST_POSTGRES = 15

/**
 * So long it may take to connect, and to answer after that. A proxy with no database behind it takes a connection and closes it at once; the package
 * would then connect again for ever. Milliseconds.
 */
const ANSWERS_WITHIN = { connected: 5000, told: 6000 }

/** The database does not answer now, and may later. */
export class DatabaseAway extends Sorry {}

export type OpenDatabase = { url: string; what: string; stop: () => Promise<void> }

/**
 * The database the settings name, or the embedded one.
 * @throws DatabaseAway when it does not answer; Sorry when it is too old
 */
export async function openDatabase(settings: Settings, said: (sentence: string) => void): Promise<OpenDatabase> {
  if (settings.DATABASE_URL === undefined) {
    const { url, version, stop } = await startEmbeddedDatabase(settings.DATA_DIR, said)
    return { url, what: `Started Postgres ${version}`, stop }
  }
  const version = await versionOf(settings.DATABASE_URL)
  if (Number.parseInt(version, 10) < OLDEST_POSTGRES)
    throw new Sorry(
      `The database at DATABASE_URL is Postgres ${version}; Broadsheet needs ${OLDEST_POSTGRES} or newer.`,
    )
  return { url: settings.DATABASE_URL, what: `Reached Postgres ${version}`, stop: async () => undefined }
}

async function versionOf(url: string): Promise<string> {
  const connection = connect(url, { connect_timeout: ANSWERS_WITHIN.connected / 1000 })
  const given = new AbortController()
  try {
    const silence = pause(ANSWERS_WITHIN.told, undefined, { signal: given.signal }).then(() => {
      throw new Error(`it said nothing within ${ANSWERS_WITHIN.told / 1000} seconds.`)
    })
    const [row] = await Promise.race([connection<{ server_version: string }[]>`show server_version`, silence])
    return row?.server_version ?? ''
  } catch (error) {
    const { host, pathname } = new URL(url)
    throw new DatabaseAway(
      `The database at ${host}${pathname} (DATABASE_URL) does not answer: ${error instanceof Error ? error.message : String(error)}`,
    )
  } finally {
    given.abort()
    await connection.end({ timeout: 1 })
  }
}
