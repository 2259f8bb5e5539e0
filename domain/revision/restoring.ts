import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { database, type Transaction } from '@/db/client'
import { revisions } from '@/db/schema/story'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { requireSection, sectionName } from '../section/store'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { blockName } from '../body/blocks'
import type { Body } from '../body/body'
import { BodyLimitExceeded, parseBody } from '../body/body-parser'
import { currentFingerprint, withBlockRestored, type ComparedCopy } from './comparison'
import { idField } from '../form/fields'
import { refuseStaleDraft } from '../story/drafting'
import { findStoryById, updateDraft, lockStory, linkDraftToRevision } from '../story/store'
import { findLiveCopy, findStoryRevision, keepRevision, keepDraftAsRevision } from './revision-store'
import { endReview, reopenReview } from '../workflow/progress-store'
import type { RevisionWithCopy, Revision, CopyRef } from './revision'
import type { Copy } from '../copy/copy-fields'
import { changedFields } from '../copy/copy'
import { type Story } from '../story/story'
import { notifyRestored } from '../collaboration/recovery/restored-notice-store'

/** How many versions a page shows, and how many there are to choose from at once. */
export const REVISIONS_PER_PAGE = 50

/** One page of a story's versions; `olderPlace` names where the next one begins, null at the end. */
export type RevisionsPage = { story: Story; versions: Revision[]; nextCursor: string | null }

/**
 * The versions of a story, newest first, for those who may write in it; null for everybody else and where there is none.
 * @param before the place an older page begins at; what cannot be read is the beginning
 */
export async function findRevisions(
  actor: Actor,
  storyId: number,
  before: string | null,
): Promise<RevisionsPage | null> {
  const story = await findEditable(actor, storyId)
  if (story === null) return null
  const belowNumber = /^[1-9]\d{0,8}$/u.test(before ?? '') ? Number(before) : null
  const { id, number, keptAt, keptByName, keptBecause, headline, hasBody } = revisions
  const rows = await database()
    .select({ id, number, keptAt, keptByName, keptBecause, headline, hasBody })
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), belowNumber === null ? undefined : lt(revisions.number, belowNumber)))
    .orderBy(desc(revisions.number))
    .limit(REVISIONS_PER_PAGE + 1)
  const versions = rows.slice(0, REVISIONS_PER_PAGE)
  const last = versions.at(-1)
  return { story, versions, nextCursor: rows.length > REVISIONS_PER_PAGE && last ? String(last.number) : null }
}

/** One of the two that are compared. `revision` is null for the draft. */
export type ComparedSide = { ref: CopyRef; revision: Revision | null; copy: ComparedCopy }

export type ComparedPair = { story: Story; older: ComparedSide; newer: ComparedSide }

/** Two versions of a story, the older one first whichever was named first; null where there is none, or none for this person. */
export async function findCompared(
  actor: Actor,
  { storyId, from, to }: { storyId: number; from: CopyRef; to: CopyRef },
): Promise<ComparedPair | null> {
  const story = await findEditable(actor, storyId)
  if (story === null) return null
  const [first, second] = [await findSide(story, from), await findSide(story, to)]
  if (first === null || second === null) return null
  const isInOrder = age(first) <= age(second)
  return { story, older: isInOrder ? first : second, newer: isInOrder ? second : first }
}

/** What a restoration leaves behind, and the number of the version it came from. */
export type Restored = { story: Story; number: number }

/** As `pressedFor` says it; of a page that was opened before an upgrade, the id alone. */
const restoreTokenField = z
  .string()
  .max(200)
  .transform((token) => token.split(' '))

/**
 * Brings a revision back, or one block of its body: forward, as new words of the draft. Words of the draft that no revision has are
 * kept in one first, so nothing is lost, and the restored copy becomes a revision too, unless it is what readers are told already. Readers see nothing of it until somebody publishes.
 */
export const restoreRevision = operation(
  z.object({ storyId: idField, seenVersion: idField, revisionId: idField, blockId: restoreTokenField.optional() }),
  async (work, { storyId, seenVersion, revisionId, blockId: token }): Promise<Restored> => {
    const [blockId, seenFingerprint] = token ?? []
    const { tx, actor, now, permit, tell, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const { draft } = story
    // Nothing was typed here that would have to stand beside theirs: whoever restores only has to look again.
    if (seenFingerprint === undefined && seenVersion !== draft.version) refuseStaleDraft(draft)
    const revision =
      (await findStoryRevision(tx, storyId, { id: revisionId })) ?? refuse({ kind: 'not-found', what: 'version' })
    const copy = blockId === undefined ? revision.copy : draftWithBlock(draft, revision, blockId)
    const { number } = revision
    const changed = changedFields(draft, copy)
    if (changed.length === 0) {
      unchanged()
      return { story, number }
    }
    // What is written elsewhere in the story meanwhile is not in the way of one block.
    if (
      blockId !== undefined &&
      seenFingerprint !== undefined &&
      currentFingerprint(draft.body, revision.copy.body, blockId) !== seenFingerprint
    )
      refuseStaleDraft(draft)
    await requireSection(tx, copy.sectionId)
    const keptFirstAs = await keepDraftAsRevision(tx, actor, story, now)
    const restored = await updateDraft(tx, actor, story, copy, now)
    const keptAsRevisionId = await liveRevisionWithCopy(tx, story, copy)
    if (keptAsRevisionId !== null) await linkDraftToRevision(tx, storyId, keptAsRevisionId)
    tell({
      type: 'revision-restored',
      storyId,
      headline: copy.headline,
      before: { headline: draft.headline },
      number,
      block: blockId === undefined ? null : restoredBlockName(revision, blockId),
      changed,
      keptFirstAs,
      revisionId: keptAsRevisionId ?? (await keepRevision(tx, actor, storyId, copy, now, 'restored')).id,
    })
    await notifyRestored(work, storyId, { to: number, keptAs: keptFirstAs })
    const after = { ...story, draft: { ...restored, keptAsRevisionId } }
    await (keptAsRevisionId === null ? reopenReview(work, after) : endReview(work, after))
    return { story: after, number }
  },
)

/** The revision that readers are told, if these are exactly its words: to that a draft may be tied, and to no other. */
async function liveRevisionWithCopy(tx: Transaction, story: Story, copy: Copy): Promise<number | null> {
  if (story.stage === 'draft') return null
  return changedFields(await findLiveCopy(tx, story), copy).length === 0 ? story.liveRevisionId : null
}

async function findEditable(actor: Actor, storyId: number): Promise<Story | null> {
  const story = await findStoryById(database(), storyId)
  return story !== null && can(actor, 'story.edit', story) ? story : null
}

async function findSide(story: Story, ref: CopyRef): Promise<ComparedSide | null> {
  if (ref === 'draft') return { ref, revision: null, copy: await withSectionName(story.draft) }
  if (ref === 'live' && story.stage === 'draft') return null
  const by = ref === 'live' ? { id: story.stage === 'draft' ? 0 : story.liveRevisionId } : { number: ref }
  const found = await findStoryRevision(database(), story.id, by)
  if (found === null) return null
  const { copy, ...revision } = found
  return { ref, revision, copy: await withSectionName(copy) }
}

async function withSectionName(copy: Copy): Promise<ComparedCopy> {
  return { ...copy, sectionName: await sectionName(database(), copy.sectionId) }
}

/** Revisions age by number; the draft is the youngest. */
function age({ revision }: ComparedSide): number {
  return revision?.number ?? Infinity
}

/** The draft with one block of a revision. Two blocks never share an id, also not one inside another. */
function draftWithBlock(draft: Copy, revision: RevisionWithCopy, blockId: string): Copy {
  const body = withBlockRestored(draft.body, revision.copy.body, blockId)
  if (body === null) return refuse({ kind: 'not-found', what: 'version' })
  return { ...draft, body: parseBodyOrRefuse(body) }
}

function parseBodyOrRefuse(body: Body): Body | null {
  try {
    return parseBody(body)
  } catch (error) {
    if (error instanceof BodyLimitExceeded) return refuse({ kind: 'invalid', fields: { body: [error.message] } })
    throw error
  }
}

function restoredBlockName({ copy }: RevisionWithCopy, blockId: string) {
  const block = copy.body?.content.find(({ attrs }) => attrs.id === blockId)
  return block ? blockName(block) : null
}
