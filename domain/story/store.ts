import { and, eq, getTableColumns, inArray, isNull, not, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { lockText } from '@/db/locks'
import { corrections } from '@/db/schema/correction'
import { drafts } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { refuse } from '../refusal'
import { writeDraftPictures } from '../picture/library/use-store'
import { indexDraft } from '../search/store'
import type { Actor } from '../user/user'
import { rewriteStoredDocument } from '../collaboration/document/document-store'
import { isUnsettled, settle } from './settling'
import { initialProgress, type Progress } from '../stage'
import { findProgress } from './progress-store'
import { correctionIdsIn, type Body } from '../body/body'
import type { Copy } from '../copy/copy-fields'
import { listingOf, type Draft, type Story } from './story'

/** Where a story stands at this moment, as SQL: a schedule takes effect on time, also before the clock has settled it. */
export const isDue = sql<boolean>`coalesce(${stories.liveAt} <= now(), false)`
export const isChangeDue = sql<boolean>`coalesce(${stories.dueAt} <= now(), false)`
export const isEnded = sql<boolean>`coalesce(${stories.unpublishAt} <= now(), false)`

export const isLive = and(isDue, isNull(stories.withdrawnAt), not(isEnded))

/** Locks a story until the transaction ends. Changes that are due are settled first: after another change their history could not be written. */
export async function lockStory(tx: Transaction, id: number): Promise<Story> {
  const row = await lockRow(tx, id)
  if (row === undefined) return refuse({ kind: 'not-found', what: 'story' })
  if (!row.isUnsettled) return toStory(row, await findProgress(tx, id))
  await settle(tx, [id])
  const settled = await lockRow(tx, id)
  return settled ? toStory(settled, await findProgress(tx, id)) : refuse({ kind: 'not-found', what: 'story' })
}

async function lockRow(tx: Transaction, id: number) {
  const [row] = await tx
    .select(columns)
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .where(eq(stories.id, id))
    .for('update')
  return row
}

export async function findStoryById(db: Database, id: number): Promise<Story | null> {
  const [row] = await db
    .select(columns)
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .where(eq(stories.id, id))
  return row ? toStory(row, await findProgress(db, id)) : null
}

/** The story that was started with this key. Waits for a transaction that is starting one with it now. */
export async function findByStartKey(tx: Transaction, startKey: string): Promise<number | null> {
  await lockText(tx, startKey)
  const [row] = await tx.select({ id: stories.id }).from(stories).where(eq(stories.idempotencyKey, startKey))
  return row?.id ?? null
}

export async function insertStory(
  tx: Transaction,
  actor: Actor,
  copy: Copy,
  now: Date,
  startKey: string | null,
): Promise<Story> {
  const [row] = await tx
    .insert(stories)
    .values({ ownerId: actor.id, createdAt: now, idempotencyKey: startKey })
    .returning({ id: stories.id })
  const id = row!.id
  const draft: Draft = { ...copy, version: 1, savedAt: now, savedByName: actor.name, keptAsRevisionId: null }
  await tx.insert(drafts).values({ storyId: id, savedById: actor.id, ...draft })
  await indexDraft(tx, id, draft.version, copy)
  await writeDraftPictures(tx, id, null, copy, now)
  return { id, ownerId: actor.id, draft, progress: initialProgress, embargo: null, stage: 'draft' }
}

/** Saves the draft and rewrites the shared document, so that everybody who has it open gets the change. */
export async function updateDraft(tx: Transaction, actor: Actor, story: Story, copy: Copy, now: Date): Promise<Draft> {
  const draft = await updateDraftRow(tx, actor, story, copy, now)
  await rewriteStoredDocument(tx, story, copy, draft.version)
  return draft
}

/** Saves the draft as its shared document has it: the version goes up by one, and no revision has the same copy any more. */
export async function updateDraftRow(
  tx: Transaction,
  actor: Actor,
  story: Story,
  copy: Copy,
  now: Date,
): Promise<Draft> {
  await requireOwnCorrections(tx, story.id, copy.body)
  const draft: Draft = {
    ...copy,
    version: story.draft.version + 1,
    savedAt: now,
    savedByName: actor.name,
    keptAsRevisionId: null,
  }
  await tx
    .update(drafts)
    .set({ ...draft, savedById: actor.id })
    .where(eq(drafts.storyId, story.id))
  await indexDraft(tx, story.id, draft.version, copy)
  await writeDraftPictures(tx, story.id, story.draft, copy, now)
  return draft
}

/** @throws Refused where the body places a correction of another story */
async function requireOwnCorrections(tx: Transaction, storyId: number, body: Body | null) {
  const placed = correctionIdsIn(body)
  if (placed.length === 0) return
  const own = await tx
    .select({ id: corrections.id })
    .from(corrections)
    .where(and(eq(corrections.storyId, storyId), isNull(corrections.replacesId), inArray(corrections.id, placed)))
  if (own.length < placed.length)
    refuse({ kind: 'unfit', why: 'A correction note in the body is not of this story. Take it out of the body.' })
}

/** Marks the draft as equal to a revision, or to none. Of a live or scheduled story only the published revision may be marked: the list of changed stories relies on it. */
export async function linkDraftToRevision(tx: Transaction, storyId: number, revisionId: number | null) {
  await tx.update(drafts).set({ keptAsRevisionId: revisionId }).where(eq(drafts.storyId, storyId))
}

const {
  storyId: _storyId,
  savedById: _savedById,
  searchVector: _searchVector,
  ...draftColumns
} = getTableColumns(drafts)
const columns = {
  story: getTableColumns(stories),
  draft: draftColumns,
  isDue,
  isChangeDue,
  isEnded,
  isUnsettled: isUnsettled(),
}

type Row = NonNullable<Awaited<ReturnType<typeof lockRow>>>

/** CHECK constraints on `stories` guarantee that related columns are null together. */
export function toStory({ story, draft: draftRow, isDue, isChangeDue, isEnded }: Row, progress: Progress): Story {
  const { id, ownerId, liveAt, withdrawnAt, withdrawnReason } = story
  const embargo = story.embargoUntil && { until: story.embargoUntil, note: story.embargoNote! }
  const isDueDraft = isChangeDue && story.dueDraftVersion === draftRow.version
  const draft = isDueDraft ? { ...draftRow, keptAsRevisionId: story.dueRevisionId } : draftRow
  const common = { id, ownerId, draft, progress, embargo }
  if (liveAt === null) return { ...common, stage: 'draft' }
  const due = story.dueAt && {
    revisionId: story.dueRevisionId!,
    at: story.dueAt,
    sectionId: story.dueSectionId!,
    slug: story.dueSlug!,
    draftVersion: story.dueDraftVersion,
    // Null where an older build scheduled it: the present ones stay.
    authorIds: story.dueAuthorIds ?? story.liveAuthorIds,
    topicIds: story.dueTopicIds ?? story.liveTopicIds,
  }
  const publication =
    due !== null && isChangeDue
      ? { ...listingOf(due), liveRevisionId: due.revisionId, liveAt }
      : {
          liveRevisionId: story.liveRevisionId!,
          liveAt,
          sectionId: story.sectionId!,
          slug: story.slug!,
          authorIds: story.liveAuthorIds,
          topicIds: story.liveTopicIds,
        }
  if (withdrawnAt !== null)
    return { ...common, ...publication, stage: 'withdrawn', withdrawnAt, withdrawnReason: withdrawnReason! }
  const unpublish = story.unpublishAt && { at: story.unpublishAt, reason: story.unpublishReason! }
  if (unpublish !== null && isEnded)
    return {
      ...common,
      ...publication,
      stage: 'withdrawn',
      withdrawnAt: unpublish.at,
      withdrawnReason: unpublish.reason,
    }
  if (!isDue) return { ...common, ...publication, stage: 'scheduled', unpublish }
  return { ...common, ...publication, stage: 'live', due: isChangeDue ? null : due, unpublish }
}
