import { eq, or, sql, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { draftSearch, storySearch } from '@/db/schema/search'
import { stories } from '@/db/schema/story'
import { sanitizeText } from '../body/inline'
import { parseSearch } from '../search/search'
import { isBackfilling } from '../search/store'
import { isChangeDue } from '../story/store'

export const draftPosition = { storyId: drafts.storyId, savedAt: drafts.savedAt }

export const withDrafts = () =>
  database().select(draftPosition).from(stories).innerJoin(drafts, eq(drafts.storyId, stories.id))

/** A search on the desk, as conditions on a row and as the rows that an index finds. */
export type DeskSearch = {
  inDraft: SQL | undefined
  inLive: SQL | undefined
  draftCandidates: () => ReturnType<typeof draftsFound>
  liveCandidates: () => ReturnType<typeof liveFound>
}

/** Words that may be begun, "phrases" and -exclusions; null: nothing was typed. Until older stories are indexed, the former index answers too. */
export async function findDeskSearch(typed: string): Promise<DeskSearch | null | 'nothing to look for'> {
  const text = sanitizeText(typed)
  if (text.trim() === '') return null
  const { strict, loose } = parseSearch(text, { prefixes: true })
  const literal = strict ?? loose
  if (literal === null) return 'nothing to look for'
  const query = sql`${literal}::tsquery`
  const former = (await isBackfilling(database()))
    ? {
        inDraft: sql`${drafts.searchVector} @@ ${formerPrefixQuery('simple', text)}`,
        inLive: sql`${stories.liveSearchVector} @@ ${formerPrefixQuery('english', text)}`,
      }
    : undefined
  return {
    inDraft: or(sql`coalesce(${draftVector} @@ ${query}, false)`, former?.inDraft),
    inLive: or(sql`coalesce(${liveVector} @@ ${query}, false)`, former?.inLive),
    draftCandidates: () => draftsFound(query, former?.inDraft),
    liveCandidates: () => liveFound(query, former?.inLive),
  }
}

/** Scalar subqueries, one look-up for each row: Postgres would read the whole table for EXISTS. */
const draftVector = sql`(select ${draftSearch.vector} from ${draftSearch} where ${draftSearch.storyId} = ${drafts.storyId})`

/** Of the copy that readers see. */
const liveVector = sql`(select ${storySearch.vector} from ${storySearch} where ${storySearch.storyId} = ${stories.id}
  and ${storySearch.revisionId} = case when ${isChangeDue} then ${stories.dueRevisionId} else ${stories.liveRevisionId} end)`

/**
 * More than there are. A limit keeps the planner from flattening the subquery into a scan in order of saving, which reads every draft for a rare match.
 * (Drizzle leaves out OFFSET 0.)
 */
const ALL = 2_000_000_000

function draftsFound(query: SQL, isFoundByFormer: SQL | undefined) {
  const found = database()
    .select(draftPosition)
    .from(draftSearch)
    .innerJoin(drafts, eq(drafts.storyId, draftSearch.storyId))
    .where(sql`${draftSearch.vector} @@ ${query}`)
    .$dynamic()
  if (isFoundByFormer === undefined) return found.limit(ALL)
  return found.union(database().select(draftPosition).from(drafts).where(isFoundByFormer)).limit(ALL)
}

/** A superset: also by a revision that is not the one that readers see. */
function liveFound(query: SQL, isFoundByFormer: SQL | undefined) {
  const found = database()
    .select(draftPosition)
    .from(storySearch)
    .innerJoin(drafts, eq(drafts.storyId, storySearch.storyId))
    .where(sql`${storySearch.vector} @@ ${query}`)
    .$dynamic()
  return isFoundByFormer === undefined ? found.limit(ALL) : found.union(withDrafts().where(isFoundByFormer)).limit(ALL)
}

function formerPrefixQuery(language: 'simple' | 'english', typed: string): SQL {
  const parsed = sql`websearch_to_tsquery(${language}::regconfig, ${typed})`
  return sql`regexp_replace(${parsed}::text, '(''(?:[^'']|'''')+'')', '\\1:*', 'g')::tsquery`
}
