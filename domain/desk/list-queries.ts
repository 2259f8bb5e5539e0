import { and, desc, eq, gt, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import type { Actor } from '../user/user'
import { isLive } from '../story/store'
import type { DeskQuery, SavedList } from './desk'
import { draftPosition, withDrafts, type DeskSearch } from './search-query'

/** Newest drafts that are scanned before an index is used: a word in one of a hundred fills a page. */
const SCANNED_DRAFTS = 5000

/** "Live in the last hour". */
const RECENT_MINUTES = 60

/** Counting stops here; the page shows “99+”. */
export const COUNT_LIMIT = 100

const withProgress = () =>
  withDrafts().innerJoin(
    storyProgress,
    and(eq(storyProgress.storyId, stories.id), eq(storyProgress.storyId, drafts.storyId)),
  )

export function lastSaved(before: string | null) {
  return database()
    .select(draftPosition)
    .from(drafts)
    .where(beforeCursor(before))
    .orderBy(desc(drafts.savedAt), desc(drafts.storyId))
    .limit(SCANNED_DRAFTS)
    .as('found')
}

export type Candidates = ReturnType<typeof lastSaved>

/** Rows that an index finds for the query, a superset of the matches; null where the index by time of saving is enough. */
export function findCandidates(actor: Actor, { sectionId }: DeskQuery, search: DeskSearch | null): Candidates | null {
  if (!isReporter(actor)) return search && search.draftCandidates().as('found')
  if (search === null && typeof sectionId !== 'number') return null
  const others =
    search === null ? withDrafts().where(eq(stories.sectionId, Number(sectionId))) : search.liveCandidates()
  return ownedBy(actor).union(assignedTo(actor)).union(others).as('found')
}

export function candidatesInList(actor: Actor, list: SavedList): Candidates {
  return storiesOf(actor, list).as('found')
}

/** At most `COUNT_LIMIT`. */
export async function countInList(actor: Actor, list: SavedList): Promise<number> {
  const found = storiesOf(actor, list).limit(COUNT_LIMIT).as('found')
  const [row] = await database()
    .select({ count: sql<number>`count(*)::int` })
    .from(found)
  return row?.count ?? 0
}

function storiesOf(actor: Actor, list: SavedList) {
  switch (list) {
    case 'mine':
      return ownedBy(actor, unfinished).union(assignedTo(actor, unfinished))
    case 'needs-me': {
      const isWriting = eq(storyProgress.step, 'writing')
      if (isReporter(actor)) return assignedTo(actor, and(isWriting, unfinished)).$dynamic()
      const forAnyEditor = and(ne(storyProgress.step, 'writing'), notWithEditor, unfinished)
      return assignedTo(actor, unfinished).union(withProgress().where(forAnyEditor))
    }
    case 'live-lately':
      return withDrafts()
        .where(
          and(
            gt(stories.liveAt, sql`now() - make_interval(mins => ${RECENT_MINUTES})`),
            isNotNull(stories.liveAt),
            isLive,
          ),
        )
        .$dynamic()
  }
}

/** Assigned to nobody or to a reporter. */
const notWithEditor = sql`not exists (select 1 from ${users} where ${users.id} = ${storyProgress.assigneeId} and ${users.role} <> 'reporter')`

/** The opposite of `isFinished` as SQL; a test compares the two. */
const unfinished = and(
  isNull(stories.withdrawnAt),
  or(isNull(stories.liveAt), isNull(drafts.keptAsRevisionId)),
  sql`(${stories.dueAt} is null or ${stories.dueDraftVersion} is distinct from ${drafts.version})`,
)

const ownedBy = (actor: Actor, condition?: SQL) =>
  withDrafts().where(and(eq(stories.ownerId, actor.id ?? NO_USER), condition))

const assignedTo = (actor: Actor, condition?: SQL) =>
  withProgress().where(and(eq(storyProgress.assigneeId, actor.id ?? NO_USER), condition))

export const isReporter = (actor: Actor) => actor.role === 'reporter'

const NO_USER = 0

/** A cursor is microseconds since 1970 and a story id; an unreadable one is the beginning. */
export function beforeCursor(cursor: string | null): SQL | undefined {
  const [, micros, id] = /^(\d{1,17})-(\d{1,15})$/u.exec(cursor ?? '') ?? []
  if (micros === undefined || id === undefined) return undefined
  const moment = sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`
  return sql`(${drafts.savedAt}, ${drafts.storyId}) < (${moment}, ${id}::bigint)`
}
