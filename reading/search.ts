import { and, desc, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database, transaction, type Transaction } from '@/db/client'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import type { LiveStory } from '@/domain/story/live-story'
import { listColumns, withNames } from './live'

/** The longest question we ask the database, in characters; the rest of a longer one is left out. */
export const MAX_QUERY_LENGTH = 200

/** How many of the newest matches are weighed against each other. */
const CANDIDATES = 100

/**
 * How many of the newest stories are looked through before the word index is asked: some, to see how common the words are, and many where it
 * promises enough matches. A word in one of twenty is found in the first, one in two hundred in the second.
 */
const SCANNED = { first: 2000, further: 20_000 }

/** How long Postgres may take for a look through the newest, and for one into the word index. Milliseconds. */
const STATEMENT_TIMEOUT = 1000
const INDEX_STATEMENT_TIMEOUT = 250

/** How many are shown. */
export const RESULTS_SHOWN = 30

/**
 * Live stories that say what a reader asks for: headline above standfirst above body, recent first.
 * Of a common word's many matches only the newest 100 are weighed, so the answer takes as long at a million stories as at a thousand:
 * common words are found by walking the newest stories, rare ones by the word index.
 * @param input web search syntax: words, "a phrase", or, -not; anything else reads as words
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
 * The ids of the best matches, best first. The word index is given a quarter of a second: a question that is too heavy for it (common words that
 * hardly ever stand together, at a million stories) is answered from the newest stories alone.
 */
function matchingIds(searchText: string): Promise<number[]> {
  return transaction(async (tx) => {
    // The newest are walked by their index, also where there are hardly more than that.
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

/** Postgres guesses too many matches for phrases and would walk the whole table: here only the word index will do. */
async function searchIndex(tx: Transaction, query: SQL): Promise<number[]> {
  await tx.execute(sql`select set_config('statement_timeout', ${String(INDEX_STATEMENT_TIMEOUT)}, true)`)
  await tx.execute(
    sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as name`,
  )
  return (await rankMatches(tx, query, matchingStories(tx, query))).ids
}

async function unlessCanceled<Value>(ask: () => Promise<Value>): Promise<Value | 'too slow'> {
  try {
    return await ask()
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } }
    if (cause?.code === QUERY_CANCELED) return 'too slow'
    throw error
  }
}

/** What Postgres answers when a question takes longer than its time (SQLSTATE). */
const QUERY_CANCELED = '57014'

const searchColumns = { id: liveStories.id, liveAt: liveStories.liveAt, words: liveStories.words }

function newestStories(tx: Transaction, count: number) {
  return tx
    .select(searchColumns)
    .from(liveStories)
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(count)
    .as('found')
}

/** The offset of nothing keeps Postgres from sorting by time first, which would walk the table again. */
function matchingStories(tx: Transaction, query: SQL) {
  const matching = (words: SQLWrapper, where: SQL) =>
    tx
      .select(searchColumns)
      .from(liveStories)
      .where(and(sql`${words} @@ ${query}`, where))
  return unionAll(matching(liveStories.storedSearchVector, isNotOverdue), matching(liveStories.words, isOverdue))
    .offset(0)
    .as('found')
}

type Candidates = ReturnType<typeof newestStories> | ReturnType<typeof matchingStories>

/** The best of the newest matches, and how many were weighed. */
async function rankMatches(
  tx: Transaction,
  query: SQL,
  candidateRows: Candidates,
): Promise<{ ids: number[]; candidates: number }> {
  const newest = tx
    .select({ id: candidateRows.id, liveAt: candidateRows.liveAt, words: candidateRows.words })
    .from(candidateRows)
    .where(sql`${candidateRows.words} @@ ${query}`)
    .orderBy(desc(candidateRows.liveAt), desc(candidateRows.id))
    .limit(CANDIDATES)
    .as('newest')
  const rows = await tx
    .select({ id: newest.id, candidates: sql<number>`(count(*) over ())::int` })
    .from(newest)
    .orderBy(desc(byRankAndAge(newest.words, newest.liveAt, query)), desc(newest.id))
    .limit(RESULTS_SHOWN)
  return { ids: rows.map(({ id }) => id), candidates: rows[0]?.candidates ?? 0 }
}

/** Half the weight after a month: news is recent, but a headline that says it beats a body that mentions it. */
function byRankAndAge(words: SQLWrapper, liveAt: SQLWrapper, query: SQL): SQL {
  return sql`ts_rank(${words}, ${query}) / (1 + extract(epoch from now() - ${liveAt}) / ${SECONDS_IN_A_MONTH})`
}

const SECONDS_IN_A_MONTH = 30 * 24 * 60 * 60
