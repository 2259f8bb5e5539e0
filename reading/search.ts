import { and, desc, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database, transaction, type Transaction } from '@/db/client'
import { liveStories, notTurning, turning } from '@/db/schema/live'
import type { LiveStory } from '@/domain/story/live-story'
import { listColumns, withNames } from './live'

/** The longest question we ask the database, in characters; the rest of a longer one is left out. */
export const LONGEST_SEARCH = 200

/** How many of the newest matches are weighed against each other. */
const CANDIDATES = 100

/**
 * How many of the newest stories are looked through before the word index is asked: some, to see how common the words are, and many where it
 * promises enough matches. A word in one of twenty is found in the first, one in two hundred in the second.
 */
const WALKED = { first: 2000, further: 20_000 }

/** How long Postgres may take for a look through the newest, and for one into the word index. Milliseconds. */
const ANSWERS_WITHIN = 1000
const INDEX_ANSWERS_WITHIN = 250

/** How many are shown. */
export const RESULTS_SHOWN = 30

/**
 * Live stories that say what a reader asks for: headline above standfirst above body, recent first.
 * Of a common word's many matches only the newest 100 are weighed, so the answer takes as long at a million stories as at a thousand:
 * common words are found by walking the newest stories, rare ones by the word index.
 * @param question web search syntax: words, "a phrase", or, -not; anything else reads as words
 */
export async function searchStories(question: string): Promise<LiveStory[]> {
  const asked = question.slice(0, LONGEST_SEARCH).trim()
  if (asked === '') return []
  const ids = await matchingIds(asked)
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
function matchingIds(asked: string): Promise<number[]> {
  return transaction(async (tx) => {
    // The newest are walked by their index, also where there are hardly more than that.
    await tx.execute(
      sql`select set_config('statement_timeout', ${String(ANSWERS_WITHIN)}, true), set_config('enable_seqscan', 'off', true)`,
    )
    const query = sql`websearch_to_tsquery('english', ${asked})`
    let walked = await weighed(tx, query, newestStories(tx, WALKED.first))
    if (walked.candidates < CANDIDATES && walked.candidates * (WALKED.further / WALKED.first) >= CANDIDATES)
      walked = await weighed(tx, query, newestStories(tx, WALKED.further))
    if (walked.candidates === CANDIDATES) return walked.ids
    const all = await inTime(() => tx.transaction((nested) => throughIndex(nested, query)))
    return all === 'too slow' ? walked.ids : all
  })
}

/** Postgres guesses too many matches for phrases and would walk the whole table: here only the word index will do. */
async function throughIndex(tx: Transaction, query: SQL): Promise<number[]> {
  await tx.execute(sql`select set_config('statement_timeout', ${String(INDEX_ANSWERS_WITHIN)}, true)`)
  await tx.execute(
    sql`select set_config(name, 'off', true) from unnest(array['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']) as name`,
  )
  return (await weighed(tx, query, matchingStories(tx, query))).ids
}

async function inTime<Value>(ask: () => Promise<Value>): Promise<Value | 'too slow'> {
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

const wordColumns = { id: liveStories.id, liveAt: liveStories.liveAt, words: liveStories.words }

function newestStories(tx: Transaction, count: number) {
  return tx
    .select(wordColumns)
    .from(liveStories)
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(count)
    .as('found')
}

/** The offset of nothing keeps Postgres from sorting by time first, which would walk the table again. */
function matchingStories(tx: Transaction, query: SQL) {
  const saying = (words: SQLWrapper, where: SQL) =>
    tx
      .select(wordColumns)
      .from(liveStories)
      .where(and(sql`${words} @@ ${query}`, where))
  return unionAll(saying(liveStories.keptWords, notTurning), saying(liveStories.words, turning)).offset(0).as('found')
}

type Found = ReturnType<typeof newestStories> | ReturnType<typeof matchingStories>

/** The best of the newest matches, and how many were weighed. */
async function weighed(tx: Transaction, query: SQL, found: Found): Promise<{ ids: number[]; candidates: number }> {
  const newest = tx
    .select({ id: found.id, liveAt: found.liveAt, words: found.words })
    .from(found)
    .where(sql`${found.words} @@ ${query}`)
    .orderBy(desc(found.liveAt), desc(found.id))
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
