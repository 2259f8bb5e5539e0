import { and, desc, eq, lt } from 'drizzle-orm'
import { z } from 'zod'
import { database, type Transaction } from '@/db/client'
import { revisions } from '@/db/schema/revision'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { sectionMustExist, sectionName } from '../section/keeping'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { blockName, UnreadableBody, type Body } from '../body/body'
import { readBody } from '../body/body-reader'
import { markInPlace, withBlockRestored, type ComparedCopy } from './comparison'
import { idField } from '../story/copy-form'
import { refuseUnseen } from '../story/drafting'
import { findStoryRow, keepDraft, lockStory, markDraftKept } from '../story/keeping'
import { findLiveCopy, findRevisionOf, keepRevision, keepWork } from './revision-keeping'
import { endReview, reopenReview } from '../step/step-keeping'
import type { KeptRevision, Revision, Version } from './revision'
import { changedParts, type Copy, type Story } from '../story/story'
import { tellPutBack } from '../writing/put-back-telling'

/** How many versions a page shows, and how many there are to choose from at once. */
export const VERSIONS_ON_A_PAGE = 50

/** One page of a story's versions; `olderPlace` names where the next one begins, null at the end. */
export type VersionsPage = { story: Story; versions: Revision[]; olderPlace: string | null }

/**
 * The versions of a story, newest first, for those who may write in it; null for everybody else and where there is none.
 * @param before the place an older page begins at; what cannot be read is the beginning
 */
export async function findVersions(actor: Actor, storyId: number, before: string | null): Promise<VersionsPage | null> {
  const story = await findEditable(actor, storyId)
  if (story === null) return null
  const place = /^[1-9]\d{0,8}$/u.test(before ?? '') ? Number(before) : null
  const { id, number, keptAt, keptByName, keptBecause, headline, hasBody } = revisions
  const rows = await database()
    .select({ id, number, keptAt, keptByName, keptBecause, headline, hasBody })
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), place === null ? undefined : lt(revisions.number, place)))
    .orderBy(desc(revisions.number))
    .limit(VERSIONS_ON_A_PAGE + 1)
  const versions = rows.slice(0, VERSIONS_ON_A_PAGE)
  const last = versions.at(-1)
  return { story, versions, olderPlace: rows.length > VERSIONS_ON_A_PAGE && last ? String(last.number) : null }
}

/** One of the two that are compared. `revision` is null for the draft. */
export type ComparedVersion = { version: Version; revision: Revision | null; copy: ComparedCopy }

export type ComparedVersions = { story: Story; older: ComparedVersion; newer: ComparedVersion }

/** Two versions of a story, the older one first whichever was named first; null where there is none, or none for this person. */
export async function findCompared(
  actor: Actor,
  { storyId, from, to }: { storyId: number; from: Version; to: Version },
): Promise<ComparedVersions | null> {
  const story = await findEditable(actor, storyId)
  if (story === null) return null
  const [one, other] = [await findVersion(story, from), await findVersion(story, to)]
  if (one === null || other === null) return null
  const isInOrder = age(one) <= age(other)
  return { story, older: isInOrder ? one : other, newer: isInOrder ? other : one }
}

/** What a restoration leaves behind, and the number of the version it came from. */
export type Restored = { story: Story; number: number }

/** As `pressedFor` says it; of a page that was opened before an upgrade, the id alone. */
const pressedField = z
  .string()
  .max(200)
  .transform((pressed) => pressed.split(' '))

/**
 * Brings a revision back, or one block of its body: forward, as new words of the draft. Words of the draft that no revision has are
 * kept in one first, so nothing is lost, and the restored copy becomes a revision too, unless it is what readers are told already. Readers see nothing of it until somebody publishes.
 */
export const restoreRevision = operation(
  z.object({ storyId: idField, seenVersion: idField, revisionId: idField, blockId: pressedField.optional() }),
  async (work, { storyId, seenVersion, revisionId, blockId: pressed }): Promise<Restored> => {
    const [blockId, seenInPlace] = pressed ?? []
    const { tx, actor, now, permit, tell, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const { draft } = story
    // Nothing was typed here that would have to stand beside theirs: whoever restores only has to look again.
    if (seenInPlace === undefined && seenVersion !== draft.version) refuseUnseen(draft)
    const revision =
      (await findRevisionOf(tx, storyId, { id: revisionId })) ?? refuse({ kind: 'not-found', what: 'version' })
    const copy = blockId === undefined ? revision.copy : withBlock(draft, revision, blockId)
    const { number } = revision
    const changed = changedParts(draft, copy)
    if (changed.length === 0) {
      unchanged()
      return { story, number }
    }
    // What is written elsewhere in the story meanwhile is not in the way of one block.
    if (
      blockId !== undefined &&
      seenInPlace !== undefined &&
      markInPlace(draft.body, revision.copy.body, blockId) !== seenInPlace
    )
      refuseUnseen(draft)
    await sectionMustExist(tx, copy.sectionId)
    const keptFirstAs = await keepWork(tx, actor, story, now)
    const restored = await keepDraft(tx, actor, story, copy, now)
    const keptAsRevisionId = await liveRevisionSaying(tx, story, copy)
    if (keptAsRevisionId !== null) await markDraftKept(tx, storyId, keptAsRevisionId)
    tell({
      type: 'revision-restored',
      storyId,
      headline: copy.headline,
      before: { headline: draft.headline },
      number,
      block: blockId === undefined ? null : nameOfBlock(revision, blockId),
      changed,
      keptFirstAs,
      revisionId: keptAsRevisionId ?? (await keepRevision(tx, actor, storyId, copy, now, 'restored')).id,
    })
    await tellPutBack(work, storyId, { to: number, keptAs: keptFirstAs })
    const after = { ...story, draft: { ...restored, keptAsRevisionId } }
    await (keptAsRevisionId === null ? reopenReview(work, after) : endReview(work, after))
    return { story: after, number }
  },
)

/** The revision that readers are told, if these are exactly its words: to that a draft may be tied, and to no other. */
async function liveRevisionSaying(tx: Transaction, story: Story, copy: Copy): Promise<number | null> {
  if (story.stage === 'draft') return null
  return changedParts(await findLiveCopy(tx, story), copy).length === 0 ? story.liveRevisionId : null
}

async function findEditable(actor: Actor, storyId: number): Promise<Story | null> {
  const story = await findStoryRow(database(), storyId)
  return story !== null && can(actor, 'story.edit', story) ? story : null
}

async function findVersion(story: Story, version: Version): Promise<ComparedVersion | null> {
  if (version === 'draft') return { version, revision: null, copy: await withSectionName(story.draft) }
  if (version === 'live' && story.stage === 'draft') return null
  const by = version === 'live' ? { id: story.stage === 'draft' ? 0 : story.liveRevisionId } : { number: version }
  const found = await findRevisionOf(database(), story.id, by)
  if (found === null) return null
  const { copy, ...revision } = found
  return { version, revision, copy: await withSectionName(copy) }
}

async function withSectionName(copy: Copy): Promise<ComparedCopy> {
  return { ...copy, sectionName: await sectionName(database(), copy.sectionId) }
}

/** Revisions age by number; the draft is the youngest. */
function age({ revision }: ComparedVersion): number {
  return revision?.number ?? Infinity
}

/** The draft with one block of a revision. Two blocks never share an id, also not one inside another. */
function withBlock(draft: Copy, revision: KeptRevision, blockId: string): Copy {
  const body = withBlockRestored(draft.body, revision.copy.body, blockId)
  if (body === null) return refuse({ kind: 'not-found', what: 'version' })
  return { ...draft, body: readWithinLimits(body) }
}

function readWithinLimits(body: Body): Body | null {
  try {
    return readBody(body)
  } catch (error) {
    if (error instanceof UnreadableBody) return refuse({ kind: 'invalid', fields: { body: [error.message] } })
    throw error
  }
}

function nameOfBlock({ copy }: KeptRevision, blockId: string) {
  const block = copy.body?.content.find(({ attrs }) => attrs.id === blockId)
  return block ? blockName(block) : null
}
