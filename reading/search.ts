import { desc, inArray, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import { database, transaction } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { LiveStory } from '@/domain/story/live-story'
import { listColumns, withAuthors } from './live'

/** The longest question we ask the database, in characters; the rest of a longer one is left out. */
export const LONGEST_SEARCH = 200

/** How many of the newest matches are weighed against each other. */
const CANDIDATES = 200

/** How many are shown. */
export const RESULTS_SHOWN = 30

/**
 * Live stories that say what a reader asks for: headline above standfirst above body, recent first.
 * Of a common word's many matches only the newest 200 are weighed, so the answer takes as long at a million stories as at a thousand:
 * Postgres walks the newest stories for a common word and the word index for a rare one, whichever finds 200 sooner.
 * @param question web search syntax: words, "a phrase", or, -not; anything else reads as words
 */
export async function searchStories(question: string): Promise<LiveStory[]> {
  const asked = question.slice(0, LONGEST_SEARCH).trim()
  if (asked === '') return []
  const ids = await matchingIds(asked)
  if (ids.length === 0) return []
  const stories = await withAuthors(
    await database().select(listColumns).from(liveStories).where(inArray(liveStories.id, ids)),
  )
  return stories.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
}

/** The ids of the best matches, best first; a question that takes longer than a second is given up. */
function matchingIds(asked: string): Promise<number[]> {
  return transaction(async (tx) => {
    await tx.execute(sql`set local statement_timeout = 1000`)
    const query = sql`websearch_to_tsquery('english', ${asked})`
    const newest = tx
      .select({ id: liveStories.id, liveAt: liveStories.liveAt, words: liveStories.words })
      .from(liveStories)
      .where(sql`${liveStories.words} @@ ${query}`)
      .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
      .limit(CANDIDATES)
      .as('newest')
    const found = await tx
      .select({ id: newest.id })
      .from(newest)
      .orderBy(desc(byRankAndAge(newest.words, newest.liveAt, query)), desc(newest.id))
      .limit(RESULTS_SHOWN)
    return found.map(({ id }) => id)
  })
}

/** Half the weight after a month: news is recent, but a headline that says it beats a body that mentions it. */
function byRankAndAge(words: SQLWrapper, liveAt: SQLWrapper, query: SQL): SQL {
  return sql`ts_rank(${words}, ${query}) / (1 + extract(epoch from now() - ${liveAt}) / ${SECONDS_IN_A_MONTH})`
}

const SECONDS_IN_A_MONTH = 30 * 24 * 60 * 60
