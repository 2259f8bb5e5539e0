import process from 'node:process'
import { closeDatabase } from '@/db/client'
import { insertSyntheticStories } from '@/db/synthetic-data'
import { migrateDatabase } from '@/db/migrate'
import { seedIfEmpty } from '@/domain/first-edition/seeding'

/** Gives an empty database the tables, the first edition, and so many synthetic stories older than it. */
export async function prepareStories(databaseUrl: string, stories: number) {
  await migrateDatabase(databaseUrl)
  await onDatabase(databaseUrl, seedIfEmpty)
  if (stories > 0) await insertSyntheticStories(databaseUrl, stories)
}

/** Operations speak to the one database of their process: while this runs, it is this one. */
export async function onDatabase<Value>(databaseUrl: string, work: () => Promise<Value>): Promise<Value> {
  process.env.DATABASE_URL = databaseUrl
  try {
    return await work()
  } finally {
    await closeDatabase()
  }
}
