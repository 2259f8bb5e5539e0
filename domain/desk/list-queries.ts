import { and, desc, eq, gt, isNotNull, isNull, ne, or, sql, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import type { Actor } from '../user/user'
import { sanitizeText } from '../body/inline'
import { isLive } from '../story/stage-query'
import type { DeskQuery, SavedList } from './desk'

/** How many of the drafts saved last are looked through before an index is asked for all that match: what is in one of a hundred fills a page. */
const SCANNED_DRAFTS = 5000

/** "Live in the last hour", in minutes. */
const RECENT_MINUTES = 60

/** More than so many are not counted: “99+” says enough. */
export const COUNT_LIMIT = 100

const draftPosition = { storyId: drafts.storyId, savedAt: drafts.savedAt }

const withDrafts = () =>
  database().select(draftPosition).from(stories).innerJoin(drafts, eq(drafts.storyId, stories.id))
const withProgress = () =>
  withDrafts().innerJoin(
    storyProgress,
    and(eq(storyProgress.storyId, stories.id), eq(storyProgress.storyId, drafts.storyId)),
  )

/** The drafts saved last before a place. */
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

/** All that an index knows to match the question at best, or null where the order of saving is index enough. */
export function findCandidates(actor: Actor, { words, sectionId }: DeskQuery): Candidates | null {
  const typed = sanitizeText(words)
  const asked = typed !== '' || (isReporter(actor) && typeof sectionId === 'number')
  if (!asked) return null
  // The offset of nothing keeps Postgres from looking through all drafts in their order after all.
  if (!isReporter(actor))
    return database()
      .select(draftPosition)
      .from(drafts)
      .where(sql`${drafts.words} @@ ${prefixQuery('simple', typed)}`)
      .offset(0)
      .as('found')
  const others = withDrafts().where(
    typed === ''
      ? eq(stories.sectionId, Number(sectionId))
      : sql`${stories.liveWords} @@ ${prefixQuery('english', typed)}`,
  )
  return ownedBy(actor).union(assignedTo(actor)).union(others).as('found')
}

/** The stories of a saved list, by the index that knows them: of a million, a few. */
export function candidatesInList(actor: Actor, list: SavedList): Candidates {
  return storiesOf(actor, list).as('found')
}

/** How many stories stand in a saved list; `COUNTED_UP_TO` for as many and more. */
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

/** Assigned to nobody, or to the reporter who handed it in. */
const notWithEditor = sql`not exists (select 1 from ${users} where ${users.id} = ${storyProgress.assigneeId} and ${users.role} <> 'reporter')`

/** There is something to do: readers do not see what the draft says, and will not by itself. The noun says the same (`isFinished`); a test holds the two together. */
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

/** An id that no user has. */
const NO_USER = 0

export function prefixQuery(language: 'simple' | 'english', typed: string): SQL {
  const asked = sql`websearch_to_tsquery(${language}::regconfig, ${typed})`
  return sql`regexp_replace(${asked}::text, '(''(?:[^'']|'''')+'')', '\\1:*', 'g')::tsquery`
}

/** The place after which a page begins: microseconds since 1970 and a story's id. An unreadable place is the beginning. */
export function beforeCursor(cursor: string | null): SQL | undefined {
  const [, micros, id] = /^(\d{1,17})-(\d{1,15})$/u.exec(cursor ?? '') ?? []
  if (micros === undefined || id === undefined) return undefined
  const moment = sql`(timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond')`
  return sql`(${drafts.savedAt}, ${drafts.storyId}) < (${moment}, ${id}::bigint)`
}
