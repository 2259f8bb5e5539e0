import { and, desc, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database, transaction, type Transaction } from '@/db/client'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import type { LiveStory } from '@/domain/story/live-story'
import { listColumns, withNames } from './live'

/** Characters; the rest is ignored. */
export const MAX_QUERY_LENGTH = 200

/** Matches that are ranked, newest first. */
const CANDIDATES = 100

/**
 * How many of the newest stories are scanned before the search index is used: a few to see how common the words are, and many if these are likely to have enough
 * matches. A word in one of twenty stories is found in the first scan, one in two hundred in the second.
 */
const SCANNED = { first: 2000, further: 20_000 }

/** For a scan, and for the index. Milliseconds. */
const STATEMENT_TIMEOUT = 1000
const INDEX_STATEMENT_TIMEOUT = 250

export const RESULTS_SHOWN = 30

/**
 * Live stories that match: headline above standfirst above body, recent first. Only the newest 100 matches are ranked, so that a query takes as long
 * at a million stories as at a thousand: common words are found by a scan of the newest stories, rare ones by the search index.
 * @param input web search syntax: words, "a phrase", or, -not; anything else is read as words
 */
export async function searchStories(input: string): Promise<LiveStory[]> {
  const searchText = input.slice(0, MAX_QUERY_LENGTH).trim()
  if (searchText === '') return []
  const ids = await matchingIds(searchText)
  if (ids.length === 0) return []
  const stories = await withNames(
    await database().select(listColumns).from(liveStories).where(inArray(liveStories.id, ids)),
  )
  return stories.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/**
 * Ids, best first. The index has a quarter of a second: a query that is too slow for it (common words that rarely occur together, at a million
 * stories) gets the matches among the newest stories.
 */
function matchingIds(searchText: string): Promise<number[]> {
  return transaction(async (tx) => {
    // Scan the newest by their index, even if there are hardly more.
    await tx.execute(
      sql`select set_config('statement_timeout', ${String(STATEMENT_TIMEOUT)}, true), set_config('enable_seqscan', 'off', true)`,
    )
    const query = sql`websearch_to_tsquery('english', ${searchText})`
    let scanned = await rankMatches(tx, query, newestStories(tx, SCANNED.first))
    if (scanned.candidates < CANDIDATES && scanned.candidates * (SCANNED.further / SCANNED.first) >= CANDIDATES)
      scanned = await rankMatches(tx, query, newestStories(tx, SCANNED.further))
    if (scanned.candidates === CANDIDATES) return scanned.ids
    const all = await unlessCanceled(() => tx.transaction((nested) => searchIndex(nested, query)))
    return all === 'too slow' ? scanned.ids : all
  })
}

/** Postgres overestimates matches of phrases and would scan the table: allow the index only. */
async function searchIndex(tx: Transaction, query: SQL): Promise<number[]> {
  await tx.execute(sql`select set_config('statement_timeout', ${String(INDEX_STATEMENT_TIMEOUT)}, true)`)
  await tx.execute(
    sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as name`,
  )
  return (await rankMatches(tx, query, matchingStories(tx, query))).ids
}

async function unlessCanceled<Value>(run: () => Promise<Value>): Promise<Value | 'too slow'> {
  try {
    return await run()
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } }
    if (cause?.code === QUERY_CANCELED) return 'too slow'
    throw error
  }
}

/** SQLSTATE query_canceled: the statement timeout has passed. */
const QUERY_CANCELED = '57014'

const searchColumns = { id: liveStories.id, liveAt: liveStories.liveAt, searchVector: liveStories.searchVector }

function newestStories(tx: Transaction, count: number) {
  return tx
    .select(searchColumns)
    .from(liveStories)
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(count)
    .as('found')
}

/** `offset 0` keeps Postgres from sorting by time first, which would scan the table again. */
function matchingStories(tx: Transaction, query: SQL) {
  const matching = (searchVector: SQLWrapper, where: SQL) =>
    tx
      .select(searchColumns)
      .from(liveStories)
      .where(and(sql`${searchVector} @@ ${query}`, where))
  return unionAll(matching(liveStories.storedSearchVector, isNotOverdue), matching(liveStories.searchVector, isOverdue))
    .offset(0)
    .as('found')
}

type Candidates = ReturnType<typeof newestStories> | ReturnType<typeof matchingStories>

/** Ranks the newest matches; `candidates`: how many there were. */
async function rankMatches(
  tx: Transaction,
  query: SQL,
  candidateRows: Candidates,
): Promise<{ ids: number[]; candidates: number }> {
  const newest = tx
    .select({ id: candidateRows.id, liveAt: candidateRows.liveAt, searchVector: candidateRows.searchVector })
    .from(candidateRows)
    .where(sql`${candidateRows.searchVector} @@ ${query}`)
    .orderBy(desc(candidateRows.liveAt), desc(candidateRows.id))
    .limit(CANDIDATES)
    .as('newest')
  const rows = await tx
    .select({ id: newest.id, candidates: sql<number>`(count(*) over ())::int` })
    .from(newest)
    .orderBy(desc(byRankAndAge(newest.searchVector, newest.liveAt, query)), desc(newest.id))
    .limit(RESULTS_SHOWN)
  return { ids: rows.map(({ id }) => id), candidates: rows[0]?.candidates ?? 0 }
}

/** Half the rank after a month, so that news comes first, but a match in a headline still beats one in a body. */
function byRankAndAge(searchVector: SQLWrapper, liveAt: SQLWrapper, query: SQL): SQL {
  return sql`ts_rank(${searchVector}, ${query}) / (1 + extract(epoch from now() - ${liveAt}) / ${SECONDS_IN_A_MONTH})`
}

const SECONDS_IN_A_MONTH = 30 * 24 * 60 * 60
