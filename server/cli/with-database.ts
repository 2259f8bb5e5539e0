import { holdDataFolder, runningDatabaseAddress } from '../data-folder'
import { openDatabase } from '../database/open'
import { readSettings } from '../settings'
import { Sorry } from '../sorry'

/** A command line tool: its work with the database of the running server, or with one that is started for it and stopped again. */
export async function withDatabase(work: () => Promise<void>) {
  let stop = async () => undefined as unknown
  try {
    const settings = readSettings(process.env)
    const running = settings.DATABASE_URL ?? (await runningDatabaseAddress(settings.DATA_DIR))
    if (running === null) {
      const giveBack = await holdDataFolder(settings.DATA_DIR)
      const database = await openDatabase(settings, console.error)
      stop = async () => {
        await database.stop()
        await giveBack()
      }
      process.env.DATABASE_URL = database.url
    } else process.env.DATABASE_URL = running
    process.env.SITE_URL ??= settings.siteUrl.origin
    const { migrateDatabase } = await import('@/db/migrating')
    await migrateDatabase(process.env.DATABASE_URL)
    await work()
    const { closeDatabase } = await import('@/db/client')
    await closeDatabase()
  } catch (error) {
    console.error(error instanceof Sorry ? error.message : error)
    process.exitCode = 1
  } finally {
    await stop()
  }
}
