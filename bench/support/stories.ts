import process from 'node:process'
import { sql } from 'drizzle-orm'
import { closeDatabase, database } from '@/db/client'
import { insertSyntheticStories } from '@/db/synthetic-data'
import { migrateDatabase } from '@/db/migrate'
import { indexSome } from '@/domain/search/indexing'
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

/**
 * Indexes all stories for search as after an upgrade, the newest first.
 * @returns milliseconds
 */
export async function indexAll(databaseUrl: string): Promise<number> {
  return onDatabase(databaseUrl, async () => {
    const startedAt = performance.now()
    await database().execute(sql`truncate search_pending, story_search, draft_search`)
    await database().execute(sql`update search_backfill set through_id = (select max(id) from stories)`)
    while ((await indexSome()) > 0);
    return performance.now() - startedAt
  })
}
