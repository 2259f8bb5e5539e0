import { and, desc, eq, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { database, transaction, type Transaction } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { searchBackfill, storySearch } from '@/db/schema/search'
import { parseSearch } from '@/domain/search/search'
import type { LiveStory } from '@/domain/story/live-story'
import { findByFormerIndex } from './former-search'
import { listColumns, withNames } from './live'

/** Matches that are ranked, newest first. */
const CANDIDATES = 100

/** Rows of the index that are read for them: some are of stories that are not live yet, or of a revision that is not. */
const MATCHES = 200

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
 * Live stories that match: headline above standfirst above names and dateline above body, recent first. What is found as it is typed (WHO, “The Who”,
 * C++) precedes what is found by its parts. Only the newest 100 matches are ranked, so that a query takes as long at a million stories as at a thousand:
 * common words are found by a scan of the newest stories, rare ones by the index.
 * @param input words, "a phrase", or, -not; anything else is read as words; 200 characters of it
 */
export async function searchStories(input: string): Promise<LiveStory[]> {
  const ids = await matchingIds(input)
  if (ids.length === 0) return []
  const stories = await withNames(
    await database().select(listColumns).from(liveStories).where(inArray(liveStories.id, ids)),
  )
  return stories.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** Ids, best first. Until older stories are indexed, the former index is asked for them. */
async function matchingIds(input: string): Promise<number[]> {
  const { strict, loose } = parseSearch(input, { prefixes: false })
  if (loose === null) return []
  return transaction(async (tx) => {
    const backfilling = await isBackfilling(tx)
    const found = new Set(strict === null ? [] : await idsOf(tx, strict))
    if (found.size < RESULTS_SHOWN) for (const id of await idsOf(tx, loose)) found.add(id)
    if (found.size < RESULTS_SHOWN && backfilling) for (const id of await findByFormerIndex(tx, input)) found.add(id)
    return [...found].slice(0, RESULTS_SHOWN)
  })
}

async function isBackfilling(tx: Transaction): Promise<boolean> {
  const [backfill] = await tx.select({ throughId: searchBackfill.throughId }).from(searchBackfill)
  return backfill !== undefined && backfill.throughId > 0
}

/**
 * The index has a quarter of a second: a query that is too slow for it (common words that rarely occur together, at a million stories) gets the matches
 * among the newest stories.
 */
async function idsOf(tx: Transaction, literal: string): Promise<number[]> {
  const query = sql`${literal}::tsquery`
  await configure(tx, forScan)
  let scanned = await rankMatches(tx, query, newestRows(tx, query, SCANNED.first))
  if (scanned.candidates < CANDIDATES && scanned.candidates * (SCANNED.further / SCANNED.first) >= CANDIDATES)
    scanned = await rankMatches(tx, query, newestRows(tx, query, SCANNED.further))
  if (scanned.candidates === CANDIDATES) return scanned.ids
  const all = await unlessCanceled(() => tx.transaction((nested) => searchIndex(nested, query)))
  return all === 'too slow' ? scanned.ids : all
}

async function searchIndex(tx: Transaction, query: SQL): Promise<number[]> {
  await configure(tx, forIndex)
  return (await rankMatches(tx, query, matchingRows(tx, query))).ids
}

/**
 * Settings of a statement, until the next ones or the end of the transaction. Until Postgres 18 what is off is only made dear, which starts the compiler
 * (jit): it takes a quarter of a second.
 */
async function configure(tx: Transaction, settings: Record<string, string>) {
  const rows = sql.join(
    Object.entries(settings).map(([name, value]) => sql`(${name}::text, ${value}::text)`),
    sql`, `,
  )
  await tx.execute(sql`select set_config(name, value, true) from (values ${rows}) as settings (name, value)`)
}

/** The newest are read by their index, even if there are hardly more. */
const forScan = {
  statement_timeout: String(STATEMENT_TIMEOUT),
  enable_seqscan: 'off',
  enable_hashjoin: 'on',
  enable_mergejoin: 'on',
  jit: 'off',
}

/** Postgres overestimates matches of phrases and would scan the table: allow the index only. */
const forIndex = {
  ...forScan,
  statement_timeout: String(INDEX_STATEMENT_TIMEOUT),
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
}

export async function unlessCanceled<Value>(run: () => Promise<Value>): Promise<Value | 'too slow'> {
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

const rowColumns = {
  storyId: storySearch.storyId,
  revisionId: storySearch.revisionId,
  liveAt: storySearch.liveAt,
  vector: storySearch.vector,
}

function newestRows(tx: Transaction, query: SQL, count: number) {
  const newest = tx
    .select(rowColumns)
    .from(storySearch)
    .where(sql`${storySearch.liveAt} <= now()`)
    .orderBy(desc(storySearch.liveAt), desc(storySearch.storyId))
    .limit(count)
    .as('scanned')
  return tx
    .select()
    .from(newest)
    .where(sql`${newest.vector} @@ ${query}`)
    .orderBy(desc(newest.liveAt), desc(newest.storyId))
    .limit(MATCHES)
    .as('matches')
}

/** The sum keeps Postgres from reading the table by time: it expects matches to be spread evenly, and for rare ones would read all of it. */
function matchingRows(tx: Transaction, query: SQL) {
  const time = sql`${storySearch.liveAt} + interval '0'`
  return tx
    .select(rowColumns)
    .from(storySearch)
    .where(and(sql`${storySearch.vector} @@ ${query}`, sql`${time} <= now()`))
    .orderBy(desc(time), desc(storySearch.storyId))
    .limit(MATCHES)
    .as('matches')
}

/** Ranks the newest matches; `candidates`: how many there were. */
async function rankMatches(
  tx: Transaction,
  query: SQL,
  matches: ReturnType<typeof newestRows>,
): Promise<{ ids: number[]; candidates: number }> {
  const newest = tx
    .select({ id: liveStories.id, liveAt: liveStories.liveAt, vector: matches.vector })
    .from(matches)
    .innerJoin(liveStories, and(eq(liveStories.id, matches.storyId), eq(liveStories.revisionId, matches.revisionId)))
    .orderBy(desc(matches.liveAt), desc(matches.storyId))
    .limit(CANDIDATES)
    .as('newest')
  const rows = await tx
    .select({ id: newest.id, candidates: sql<number>`(count(*) over ())::int` })
    .from(newest)
    .orderBy(desc(byRankAndAge(newest.vector, newest.liveAt, query)), desc(newest.id))
    .limit(RESULTS_SHOWN)
  return { ids: rows.map(({ id }) => id), candidates: rows[0]?.candidates ?? 0 }
}

/** Half the rank after a month, so that news comes first, but a match in a headline still beats one in a body. */
export function byRankAndAge(vector: SQLWrapper, liveAt: SQLWrapper, query: SQL): SQL {
  return sql`ts_rank(${vector}, ${query}) / (1 + extract(epoch from now() - ${liveAt}) / ${SECONDS_IN_A_MONTH})`
}

const SECONDS_IN_A_MONTH = 30 * 24 * 60 * 60
