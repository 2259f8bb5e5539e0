import { and, desc, eq, getTableColumns, sql, type SQL } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { drafts, revisions, stories } from '@/db/schema/story'
import { refuse } from '../refusal'
import type { Actor } from '../user/user'
import type { Block } from './body'
import { rewriteKeptDocument } from './document-keeping'
import type { KeptRevision, ReasonToKeep } from './revision'
import { unmoved, type Progress } from './step'
import { findProgress } from './step-keeping'
import { changedParts, type Copy, type Draft, type Live, type Scheduled, type Story, type Withdrawn } from './story'

/** The story, held still until the transaction ends. */
export async function lockStory(tx: Transaction, id: number): Promise<Story> {
  const [row] = await tx
    .select(columns)
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .where(eq(stories.id, id))
    .for('update')
  return row ? toStory(row, await findProgress(tx, id)) : refuse({ kind: 'not-found', what: 'story' })
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
  return { id, ownerId: actor.id, draft, progress: unmoved, stage: 'draft' }
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

/** Moves the pointer: this and `keepUnpublished` are the places where what readers see changes. */
export async function keepPublication(tx: Transaction, story: Scheduled | Live | Withdrawn) {
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
      liveWords: wordsOfRevision(liveRevisionId),
      liveHasBody: sql`(select ${revisions.hasBody} from ${revisions} where ${revisions.id} = ${liveRevisionId})`,
    })
    .where(eq(stories.id, story.id))
}

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
}

type Row = { story: typeof stories.$inferSelect; draft: Draft; isDue: boolean }

export function toStory({ story, draft, isDue }: Row, progress: Progress): Story {
  const told = { id: story.id, ownerId: story.ownerId, draft, progress }
  const { liveRevisionId, liveAt, sectionId, slug, withdrawnAt, withdrawnReason } = story
  if (liveAt === null) return { ...told, stage: 'draft' }
  // The CHECK stories_live_is_whole holds that these four are null together or not at all.
  const publication = { liveRevisionId: liveRevisionId!, liveAt, sectionId: sectionId!, slug: slug! }
  if (withdrawnAt !== null)
    return { ...told, ...publication, stage: 'withdrawn', withdrawnAt, withdrawnReason: withdrawnReason! }
  return { ...told, ...publication, stage: isDue ? 'live' : 'scheduled' }
}

function copyOfRow({
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
