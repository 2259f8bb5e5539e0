import { and, desc, sql, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import type { Transaction } from '@/db/client'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import { storySearch } from '@/db/schema/search'
import { MAX_SEARCH_LENGTH } from '@/domain/search/search'
import { byRankAndAge, RESULTS_SHOWN, unlessCanceled } from './search'

/** Matches that are ranked, newest first. */
const CANDIDATES = 100

/** Milliseconds. */
const STATEMENT_TIMEOUT = 250

/**
 * The search of the build before this one, for stories that are not indexed anew yet. The next release drops it, when every installation has been.
 * @returns ids, best first; none where it takes longer than a quarter of a second
 */
export async function findByFormerIndex(tx: Transaction, input: string): Promise<number[]> {
  const found = await unlessCanceled(() =>
    tx.transaction((nested) => search(nested, input.slice(0, MAX_SEARCH_LENGTH))),
  )
  return found === 'too slow' ? [] : found
}

async function search(tx: Transaction, searchText: string): Promise<number[]> {
  await tx.execute(
    sql`select set_config('statement_timeout', ${String(STATEMENT_TIMEOUT)}, true), set_config('jit', 'off', true)`,
  )
  const query = sql`websearch_to_tsquery('english', ${searchText})`
  const columns = { id: liveStories.id, liveAt: liveStories.liveAt, searchVector: liveStories.searchVector }
  const isNotIndexed = sql`not exists (select from ${storySearch} where ${storySearch.storyId} = ${liveStories.id})`
  const matching = (searchVector: SQLWrapper, isStored: SQLWrapper) =>
    tx
      .select(columns)
      .from(liveStories)
      .where(and(sql`${searchVector} @@ ${query}`, sql`${isStored}`, isNotIndexed))
  const found = unionAll(
    matching(liveStories.storedSearchVector, isNotOverdue),
    matching(liveStories.searchVector, isOverdue),
  ).as('found')
  const newest = tx.select().from(found).orderBy(desc(found.liveAt), desc(found.id)).limit(CANDIDATES).as('newest')
  const rows = await tx
    .select({ id: newest.id })
    .from(newest)
    .orderBy(desc(byRankAndAge(newest.searchVector, newest.liveAt, query)), desc(newest.id))
    .limit(RESULTS_SHOWN)
  return rows.map(({ id }) => id)
}
