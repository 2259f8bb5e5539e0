import { existsSync } from 'node:fs'
import path from 'node:path'
import { lockDataDir, runningDatabaseUrl } from '../supervisor/data-dir'
import { openDatabase } from '../database/open'
import { upgradeTables } from '../database/upgrading'
import { readSettings } from '../settings'
import { OperatorError } from '../operator-error'

/**
 * Runs a command line tool on the database of the running server, or on one that is started for it and stopped again.
 * @param mayCreate whether the embedded database may be created; a command about a person in a database that does not exist has the wrong DATA_DIR
 */
export async function withDatabase(work: () => Promise<void>, { mayCreate = true } = {}) {
  let stop = async () => undefined as unknown
  try {
    const settings = readSettings(process.env)
    const { DATA_DIR } = settings
    const running = settings.DATABASE_URL === undefined ? await runningDatabaseUrl(DATA_DIR) : null
    if (running === null) {
      const isEmbedded = settings.DATABASE_URL === undefined
      if (isEmbedded && !mayCreate && !existsSync(path.join(DATA_DIR, 'postgres')))
        throw new OperatorError(
          `There is no database in ${DATA_DIR}. Give this command the DATA_DIR or the DATABASE_URL that your server has.`,
        )
      const unlock = isEmbedded ? await lockDataDir(DATA_DIR) : async () => undefined
      const database = await openDatabase(settings, console.error)
      stop = async () => {
        await database.stop()
        await unlock()
      }
      process.env.DATABASE_URL = database.url
    } else process.env.DATABASE_URL = running
    process.env.SITE_URL ??= settings.siteUrl.origin
    await upgradeTables(process.env.DATABASE_URL, console.error)
    await work()
    const { closeDatabase } = await import('@/db/client')
    await closeDatabase()
  } catch (error) {
    console.error(error instanceof OperatorError ? error.message : error)
    process.exitCode = 1
  } finally {
    await stop()
  }
}
