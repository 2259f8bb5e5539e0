import { eq, getTableColumns, inArray, sql, type SQL } from 'drizzle-orm'
import { alias, type PgColumn } from 'drizzle-orm/pg-core'
import { transaction, type Database, type Transaction } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import type { NewsroomEvent } from '../history/event'
import { recordHistory } from '../history/recording'
import { noteFormerPictures } from '../picture/library/use-store'
import { revokeAllLinks } from '../preview/store'
import { clockActor } from '../user/user'
import { transactionTime } from '../time/transaction-time'
import { noDueChanges, unpublishColumns } from './publication-store'
import { changedFields } from '../copy/copy'
import { listedUnder } from './story'

/** Stories of each kind that one transaction settles. */
const BATCH_SIZE = 10

/** Schedules that are due: the view shows them to readers already; history and the row do not have them yet. Each condition has an index. */
const unsettled = {
  isUnrecorded: sql<boolean>`(${stories.liveAt} is not null and ${stories.liveAt} <= now() and ${stories.recordedLiveAt} is distinct from ${stories.liveAt} and ${stories.withdrawnAt} is null)`,
  isChangeDue: sql<boolean>`(${stories.dueAt} is not null and ${stories.dueAt} <= now())`,
  isEnded: sql<boolean>`(${stories.unpublishAt} is not null and ${stories.unpublishAt} <= now())`,
}

/** Ordered by time, as their indexes are; Postgres does not use them otherwise. */
const conditions: [SQL, PgColumn][] = [
  [unsettled.isUnrecorded, stories.liveAt],
  [unsettled.isChangeDue, stories.dueAt],
  [unsettled.isEnded, stories.unpublishAt],
]

export function isUnsettled(): SQL<boolean> {
  return sql<boolean>`coalesce(${sql.join(Object.values(unsettled), sql` or `)}, false)`
}

/**
 * Records each due schedule in the history, once, and writes it into the row: a story went live, its changes did, it was unpublished.
 * Every server's clock calls it every second; the first one locks the row, and the others skip it. A `kill -9` leaves it for the next call.
 * @returns how many stories were settled
 */
export async function settleDue(): Promise<number> {
  return transaction(async (tx) => {
    const ids: number[] = []
    for (const [condition, at] of conditions) {
      const due = await tx
        .select({ id: stories.id })
        .from(stories)
        .where(condition)
        .orderBy(at)
        .limit(BATCH_SIZE)
        .for('update', { skipLocked: true })
      ids.push(...due.map(({ id }) => id))
    }
    const distinctIds = [...new Set(ids)]
    if (distinctIds.length > 0) await settle(tx, distinctIds)
    return distinctIds.length
  })
}

/** The same for stories that the transaction has locked. */
export async function settle(tx: Transaction, ids: number[]) {
  const rows = await tx
    .select(columns)
    .from(stories)
    .innerJoin(liveRevisions, eq(liveRevisions.id, stories.liveRevisionId))
    .leftJoin(dueRevisions, eq(dueRevisions.id, stories.dueRevisionId))
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .where(inArray(stories.id, ids))
    .orderBy(stories.id)
  const settled: SettledEvent[] = []
  for (const row of rows) {
    if (row.isUnrecorded) settled.push(await goLive(tx, row))
    if (row.isChangeDue) settled.push(await publishDueChanges(tx, row))
    if (row.isEnded) settled.push(await unpublish(tx, row))
  }
  if (settled.length === 0) return
  const now = await transactionTime(tx)
  settled.sort((one, other) => one.at.getTime() - other.at.getTime())
  for (const { at, event } of settled) await recordHistory(tx, clockActor, at, [{ ...event, ...lateness(at, now) }])
}

const liveRevisions = alias(revisions, 'live_revisions')
const dueRevisions = alias(revisions, 'due_revisions')
const { searchVector: _searchVector, ...draftColumns } = getTableColumns(drafts)
const {
  liveSearchVector: _liveSearchVector,
  dueSearchVector: _dueSearchVector,
  ...storyColumns
} = getTableColumns(stories)
const columns = {
  story: storyColumns,
  live: getTableColumns(liveRevisions),
  due: getTableColumns(dueRevisions),
  draft: draftColumns,
  ...unsettled,
}

type Row = {
  story: Omit<typeof stories.$inferSelect, 'liveSearchVector' | 'dueSearchVector'>
  live: typeof revisions.$inferSelect
  due: typeof revisions.$inferSelect | null
  draft: Omit<typeof drafts.$inferSelect, 'searchVector'>
}

type SettlingEvent = Extract<NewsroomEvent, { type: 'story-went-live' | 'changes-went-live' | 'story-unpublished' }>
type SettledEvent = { at: Date; event: SettlingEvent }

/** The delay is recorded only where it was longer than a clock takes. */
function lateness(at: Date, now: Date): Pick<SettlingEvent, 'toldLateBy'> {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000)
  return seconds > OVERDUE_AFTER_SECONDS ? { toldLateBy: seconds } : {}
}

async function goLive(tx: Transaction, { story, live }: Row): Promise<SettledEvent> {
  await tx
    .update(stories)
    .set({ recordedLiveAt: sql`${stories.liveAt}` })
    .where(eq(stories.id, story.id))
  const at = requireMoment(story.liveAt)
  const { headline } = live
  const { id: storyId, sectionId } = story
  return {
    at,
    event: {
      type: 'story-went-live',
      storyId,
      headline,
      sectionId,
      liveAt: at.toISOString(),
      listedUnder: liveNameIds(story),
    },
  }
}

/** The scheduled changes become live; a draft that is equal to them has no unpublished changes then. */
async function publishDueChanges(tx: Transaction, { story, live, due, draft }: Row): Promise<SettledEvent> {
  await noteFormerPictures(tx, story.id, await transactionTime(tx))
  if (due === null) throw new Error(`Changes of story ${story.id} are due, and their revision is not there.`)
  await tx
    .update(stories)
    .set({
      liveRevisionId: sql`${stories.dueRevisionId}`,
      sectionId: sql`${stories.dueSectionId}`,
      slug: sql`${stories.dueSlug}`,
      liveSearchVector: sql`${stories.dueSearchVector}`,
      liveHasBody: sql`${stories.dueHasBody}`,
      liveAuthorIds: sql`coalesce(${stories.dueAuthorIds}, ${stories.liveAuthorIds})`,
      liveTopicIds: sql`coalesce(${stories.dueTopicIds}, ${stories.liveTopicIds})`,
      ...noDueChanges,
    })
    .where(eq(stories.id, story.id))
  if (changedFields(due, draft).length === 0)
    await tx.update(drafts).set({ keptAsRevisionId: due.id }).where(eq(drafts.storyId, story.id))
  else if (draft.keptAsRevisionId !== null)
    await tx.update(drafts).set({ keptAsRevisionId: null }).where(eq(drafts.storyId, story.id))
  const at = requireMoment(story.dueAt)
  return {
    at,
    event: {
      type: 'changes-went-live',
      storyId: story.id,
      headline: due.headline,
      before: live.headline,
      sectionId: story.dueSectionId,
      formerSectionId: story.sectionId,
      dueAt: at.toISOString(),
      revisionId: due.id,
      formerRevisionId: live.id,
      listedUnder: listedUnder(liveNameIds(story), dueNameIds(story)),
    },
  }
}

async function unpublish(tx: Transaction, { story, live, due }: Row): Promise<SettledEvent> {
  await noteFormerPictures(tx, story.id, await transactionTime(tx))
  await tx
    .update(stories)
    .set({
      withdrawnAt: sql`${stories.unpublishAt}`,
      withdrawnReason: sql`${stories.unpublishReason}`,
      ...unpublishColumns(null),
    })
    .where(eq(stories.id, story.id))
  const at = requireMoment(story.unpublishAt)
  await revokeAllLinks(tx, story.id, at)
  const { headline } = due ?? live
  const sectionId = story.dueSectionId ?? story.sectionId
  const reason = story.unpublishReason ?? ''
  return {
    at,
    event: {
      type: 'story-unpublished',
      storyId: story.id,
      headline,
      sectionId,
      reason,
      unpublishAt: at.toISOString(),
      listedUnder: listedUnder(liveNameIds(story), dueNameIds(story)),
    },
  }
}

const liveNameIds = ({ liveAuthorIds, liveTopicIds }: Row['story']) => ({
  authorIds: liveAuthorIds,
  topicIds: liveTopicIds,
})

const dueNameIds = ({ dueAuthorIds, dueTopicIds }: Row['story']) => ({
  authorIds: dueAuthorIds ?? [],
  topicIds: dueTopicIds ?? [],
})

function requireMoment(at: Date | null): Date {
  if (at === null) throw new Error('What is due has a moment.')
  return at
}

const COUNT_LIMIT = 100

/** Older due schedules mean that no clock runs. Seconds. */
export const OVERDUE_AFTER_SECONDS = 30

/** How many stories have a schedule that is overdue. */
export async function countOverdue(db: Database): Promise<number> {
  const since = sql`now() - make_interval(secs => ${OVERDUE_AFTER_SECONDS})`
  const found = await Promise.all(
    conditions.map(([condition, at]) =>
      db
        .select({ id: stories.id })
        .from(stories)
        .where(sql`${condition} and ${at} < ${since}`)
        .orderBy(at)
        .limit(COUNT_LIMIT),
    ),
  )
  return new Set(found.flat().map(({ id }) => id)).size
}
