import { and, desc, eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { drafts, revisions, stories } from '@/db/schema/story'
import { refuse } from '../refusal'
import type { Actor } from '../user/user'
import type { Block } from './body'
import { rewriteKeptDocument } from './document-keeping'
import type { KeptRevision, ReasonToKeep } from './revision'
import { isUnsettled, settle } from './settling'
import { unmoved, type Progress } from './step'
import { findProgress } from './step-keeping'
import {
  changedParts,
  embargoedAt,
  type Copy,
  type Draft,
  type Embargo,
  type Live,
  type Scheduled,
  type Story,
  type Unpublish,
  type Withdrawn,
} from './story'

/** The story, held still until the transaction ends. What came true by itself meanwhile is told first, for after a change nobody could tell any more. */
export async function lockStory(tx: Transaction, id: number): Promise<Story> {
  const row = await lockRow(tx, id)
  if (row === undefined) return refuse({ kind: 'not-found', what: 'story' })
  if (!row.isUnsettled) return toStory(row, await findProgress(tx, id))
  await settle(tx, [id])
  const settled = await lockRow(tx, id)
  return settled ? toStory(settled, await findProgress(tx, id)) : refuse({ kind: 'not-found', what: 'story' })
}

async function lockRow(tx: Transaction, id: number): Promise<Row | undefined> {
  const [row] = await tx
    .select(columns)
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .where(eq(stories.id, id))
    .for('update')
  return row
}

export async function findStoryRow(db: Database, id: number): Promise<Story | null> {
  const [row] = await db
    .select(columns)
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .where(eq(stories.id, id))
  return row ? toStory(row, await findProgress(db, id)) : null
}

/** A new story with its draft; its id is made here and stays for life. */
export async function keepNewStory(tx: Transaction, actor: Actor, copy: Copy, now: Date): Promise<Story> {
  const [row] = await tx.insert(stories).values({ ownerId: actor.id, createdAt: now }).returning({ id: stories.id })
  const id = row!.id
  const draft: Draft = { ...copy, version: 1, savedAt: now, savedByName: actor.name, keptAsRevisionId: null }
  await tx.insert(drafts).values({ storyId: id, savedById: actor.id, ...draft })
  return { id, ownerId: actor.id, draft, progress: unmoved, embargo: null, stage: 'draft' }
}

/** The draft with new words, and the shared document with them: whoever is writing in it has them at once. */
export async function keepDraft(tx: Transaction, actor: Actor, story: Story, copy: Copy, now: Date): Promise<Draft> {
  const draft = await keepProjection(tx, actor, story, copy, now)
  await rewriteKeptDocument(tx, story, copy, draft.version)
  return draft
}

/** The draft as its shared document says it: its version goes up by one, and no revision says the same any more. */
export async function keepProjection(
  tx: Transaction,
  actor: Actor,
  story: Story,
  copy: Copy,
  now: Date,
): Promise<Draft> {
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
  return draft
}

/** An immutable copy of the words, numbered within its story. */
export async function keepRevision(
  tx: Transaction,
  actor: Actor,
  storyId: number,
  copy: Copy,
  now: Date,
  keptBecause: ReasonToKeep,
): Promise<number> {
  const { headline, kicker, standfirst, dateline, sectionId, slug, body } = copy
  const next = sql<number>`(select coalesce(max(${revisions.number}), 0) + 1 from ${revisions} where ${revisions.storyId} = ${storyId})`
  const [row] = await tx
    .insert(revisions)
    .values({
      storyId,
      number: next,
      headline,
      kicker,
      standfirst,
      dateline,
      sectionId,
      slug,
      body,
      keptAt: now,
      keptById: actor.id,
      keptByName: actor.name,
      keptBecause,
      updatedForReadersAt: keptBecause === 'corrected' ? now : null,
    })
    .returning({ id: revisions.id })
  return row!.id
}

/**
 * Keeps the draft's words before others take their place; words that the newest revision has already are not kept twice.
 * @returns the number of the revision that has them
 */
export async function keepWork(
  tx: Transaction,
  actor: Actor,
  { id, draft }: Story,
  now: Date,
  keptBecause: ReasonToKeep = 'work',
): Promise<number> {
  const [newest] = await tx
    .select()
    .from(revisions)
    .where(
      and(eq(revisions.storyId, id), draft.keptAsRevisionId ? eq(revisions.id, draft.keptAsRevisionId) : undefined),
    )
    .orderBy(desc(revisions.number))
    .limit(1)
  if (newest && changedParts(copyOfRow(newest), draft).length === 0) return newest.number
  await keepRevision(tx, actor, id, draft, now, keptBecause)
  return (newest?.number ?? 0) + 1
}

/** From now on the draft says what this revision says. Of a live or scheduled story only what readers are told may be tied: the desk's list of changed stories relies on it. */
export async function markDraftKept(tx: Transaction, storyId: number, revisionId: number) {
  await tx.update(drafts).set({ keptAsRevisionId: revisionId }).where(eq(drafts.storyId, storyId))
}

/**
 * Moves the pointer: this, `keepUnpublished` and, for what comes true by itself, settling.ts are the places where what readers see changes.
 * Refused before an embargo ends, whoever asks.
 */
export async function keepPublication(tx: Transaction, story: Scheduled | Live | Withdrawn, now: Date) {
  if (story.stage !== 'withdrawn') refuseUnderEmbargo(story, story.liveAt > now ? story.liveAt : now)
  const withdrawn =
    story.stage === 'withdrawn'
      ? { withdrawnAt: story.withdrawnAt, withdrawnReason: story.withdrawnReason }
      : { withdrawnAt: null, withdrawnReason: null }
  const { liveRevisionId, liveAt, sectionId, slug } = story
  await tx
    .update(stories)
    .set({
      liveRevisionId,
      liveAt,
      // What is live at once is told by whoever published it; what is scheduled, by the clock when its time has come.
      toldLiveAt: story.stage === 'scheduled' ? null : liveAt,
      sectionId,
      slug,
      ...withdrawn,
      ...nothingDue,
      ...unpublishColumns('unpublish' in story ? story.unpublish : null),
      liveWords: wordsOfRevision(liveRevisionId),
      liveHasBody: hasBodyOfRevision(liveRevisionId),
    })
    .where(eq(stories.id, story.id))
}

/** Says what takes the place of a live story's words at a time, or that nothing does. Refused where that is before an embargo ends. */
export async function keepDue(tx: Transaction, story: Live) {
  const { id, due } = story
  if (due !== null) refuseUnderEmbargo(story, due.at)
  const columns = due && {
    dueRevisionId: due.revisionId,
    dueAt: due.at,
    dueSectionId: due.sectionId,
    dueSlug: due.slug,
    dueWords: wordsOfRevision(due.revisionId),
    dueHasBody: hasBodyOfRevision(due.revisionId),
  }
  await tx
    .update(stories)
    .set(columns ?? nothingDue)
    .where(eq(stories.id, id))
}

export async function keepUnpublish(tx: Transaction, storyId: number, unpublish: Unpublish | null) {
  await tx.update(stories).set(unpublishColumns(unpublish)).where(eq(stories.id, storyId))
}

export async function keepEmbargo(tx: Transaction, storyId: number, embargo: Embargo | null) {
  await tx
    .update(stories)
    .set({ embargoUntil: embargo?.until ?? null, embargoNote: embargo?.note ?? null })
    .where(eq(stories.id, storyId))
}

export function refuseUnderEmbargo(story: Story, at: Date) {
  const embargo = embargoedAt(story, at)
  if (embargo !== null) refuse({ kind: 'embargoed', until: embargo.until.toISOString(), note: embargo.note })
}

const nothingDue = {
  dueRevisionId: null,
  dueAt: null,
  dueSectionId: null,
  dueSlug: null,
  dueWords: null,
  dueHasBody: null,
}

const unpublishColumns = (unpublish: Unpublish | null) => ({
  unpublishAt: unpublish?.at ?? null,
  unpublishReason: unpublish?.reason ?? null,
})

/** Takes the pointer away again, from a story that nobody has seen yet. */
export async function keepUnpublished(tx: Transaction, storyId: number) {
  const nothing = {
    liveRevisionId: null,
    liveAt: null,
    toldLiveAt: null,
    sectionId: null,
    slug: null,
    liveWords: null,
    liveHasBody: false,
    ...unpublishColumns(null),
  }
  await tx.update(stories).set(nothing).where(eq(stories.id, storyId))
}

/** Text beyond this many characters of a body is not searched: Postgres refuses a tsvector of a megabyte. */
const SEARCHED_CHARACTERS = 300_000

/** A revision's words for readers' search, the headline above the standfirst above the body. */
function wordsOfRevision(revisionId: number): SQL<string> {
  return sql`(
    select setweight(to_tsvector('english', ${revisions.headline}), 'A')
      || setweight(to_tsvector('english', coalesce(${revisions.kicker}, '') || ' ' || coalesce(${revisions.standfirst}, '')), 'B')
      || setweight(to_tsvector('english', left(coalesce((
          select string_agg(words #>> '{}', ' ') from jsonb_path_query(${revisions.body}, 'strict $.**.text') as words
        ), ''), ${SEARCHED_CHARACTERS})), 'D')
    from ${revisions} where ${revisions.id} = ${revisionId})`
}

const hasBodyOfRevision = (revisionId: number) =>
  sql<boolean>`(select ${revisions.hasBody} from ${revisions} where ${revisions.id} = ${revisionId})`

export async function findRevision(tx: Transaction | Database, revisionId: number): Promise<Copy | null> {
  const [row] = await tx.select().from(revisions).where(eq(revisions.id, revisionId))
  return row ? copyOfRow(row) : null
}

/** What readers are told, will be or were. */
export async function findLiveCopy(
  tx: Transaction | Database,
  { id, liveRevisionId }: Exclude<Story, { stage: 'draft' }>,
): Promise<Copy> {
  const copy = await findRevision(tx, liveRevisionId)
  if (copy === null) throw new Error(`Story ${id} points to revision ${liveRevisionId}, which is not there.`)
  return copy
}

/** A revision of this very story, with who kept it. */
export async function findRevisionOf(
  db: Transaction | Database,
  storyId: number,
  by: { id: number } | { number: number },
): Promise<KeptRevision | null> {
  const [row] = await db
    .select()
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), 'id' in by ? eq(revisions.id, by.id) : eq(revisions.number, by.number)))
  if (!row) return null
  const { id, number, keptAt, keptByName, keptBecause, headline, hasBody } = row
  return { id, number, keptAt, keptByName, keptBecause, headline, hasBody, copy: copyOfRow(row) }
}

/** The number of the story's version that has these very blocks, by their ids; null where none has. */
export async function findRevisionWith(tx: Transaction, storyId: number, blocks: Block[]): Promise<number | null> {
  const these = JSON.stringify({ content: blocks.map(({ attrs: { id } }) => ({ attrs: { id } })) })
  const [row] = await tx
    .select({ number: revisions.number })
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), sql`${revisions.body} @> ${these}::jsonb`))
    .orderBy(desc(revisions.number))
    .limit(1)
  return row?.number ?? null
}

const { storyId: _storyId, savedById: _savedById, words: _words, ...draftColumns } = getTableColumns(drafts)
const columns = {
  story: getTableColumns(stories),
  draft: draftColumns,
  isDue: sql<boolean>`coalesce(${stories.liveAt} <= now(), false)`,
  isTurning: sql<boolean>`coalesce(${stories.dueAt} <= now(), false)`,
  isOver: sql<boolean>`coalesce(${stories.unpublishAt} <= now(), false)`,
  isUnsettled: isUnsettled(),
}

type Row = {
  story: typeof stories.$inferSelect
  draft: Draft
  isDue: boolean
  isTurning: boolean
  isOver: boolean
  isUnsettled: boolean
}

/** The CHECKs on stories hold that what belongs together is null together or not at all. */
export function toStory({ story, draft, isDue, isTurning, isOver }: Row, progress: Progress): Story {
  const { id, ownerId, liveAt, withdrawnAt, withdrawnReason } = story
  const embargo = story.embargoUntil && { until: story.embargoUntil, note: story.embargoNote! }
  const told = { id, ownerId, draft, progress, embargo }
  if (liveAt === null) return { ...told, stage: 'draft' }
  const due = story.dueAt && {
    revisionId: story.dueRevisionId!,
    at: story.dueAt,
    sectionId: story.dueSectionId!,
    slug: story.dueSlug!,
  }
  const publication =
    due !== null && isTurning
      ? { liveRevisionId: due.revisionId, liveAt, sectionId: due.sectionId, slug: due.slug }
      : { liveRevisionId: story.liveRevisionId!, liveAt, sectionId: story.sectionId!, slug: story.slug! }
  if (withdrawnAt !== null)
    return { ...told, ...publication, stage: 'withdrawn', withdrawnAt, withdrawnReason: withdrawnReason! }
  const unpublish = story.unpublishAt && { at: story.unpublishAt, reason: story.unpublishReason! }
  if (unpublish !== null && isOver)
    return { ...told, ...publication, stage: 'withdrawn', withdrawnAt: unpublish.at, withdrawnReason: unpublish.reason }
  if (!isDue) return { ...told, ...publication, stage: 'scheduled', unpublish }
  return { ...told, ...publication, stage: 'live', due: isTurning ? null : due, unpublish }
}

export function copyOfRow({
  headline,
  kicker,
  standfirst,
  dateline,
  sectionId,
  slug,
  body,
}: typeof revisions.$inferSelect): Copy {
  return { headline, kicker, standfirst, dateline, sectionId, slug, body }
}
