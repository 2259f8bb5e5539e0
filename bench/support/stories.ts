import process from 'node:process'
import { closeDatabase } from '@/db/client'
import { insertSyntheticStories } from '@/db/synthetic-data'
import { migrateDatabase } from '@/db/migrate'
import { seedIfEmpty } from '@/domain/first-edition/seeding'

/** Migrates and seeds an empty database, and adds this many older synthetic stories. */
export async function prepareStories(databaseUrl: string, stories: number) {
  await migrateDatabase(databaseUrl)
  await onDatabase(databaseUrl, seedIfEmpty)
  if (stories > 0) await insertSyntheticStories(databaseUrl, stories)
}

/** Operations use the one database of their process; sets it while `work` runs. */
export async function onDatabase<Value>(databaseUrl: string, work: () => Promise<Value>): Promise<Value> {
  process.env.DATABASE_URL = databaseUrl
  try {
    return await work()
  } finally {
    await closeDatabase()
  }
}
