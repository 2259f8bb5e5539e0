import { z } from 'zod'
import { type Transaction } from '@/db/client'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { requireSection } from '../section/store'
import { blockName } from '../body/blocks'
import type { Body } from '../body/body'
import { BodyLimitExceeded, parseBody } from '../body/body-parser'
import { currentFingerprint, withBlockRestored } from '../revision/comparison'
import { idField } from '../form/fields'
import { refuseStaleDraft } from '../story/drafting'
import { updateDraft, lockStory, linkDraftToRevision } from '../story/store'
import { findLiveCopy, findStoryRevision, keepRevision, keepDraftAsRevision } from '../revision/store'
import { endReview, reopenReview } from '../story/progress-store'
import type { RevisionWithCopy } from '../revision/revision'
import type { Copy } from '../copy/copy-fields'
import { changedFields } from '../copy/copy'
import { type Story } from '../story/story'
import { notifyRestored } from '../collaboration/recovery/restored-notice-store'

/** `number` is that of the restored revision. */
export type Restored = { story: Story; number: number }

/** A value of `restoreToken`; of a page of an older build, the block id alone. */
const restoreTokenField = z
  .string()
  .max(200)
  .transform((token) => token.split(' '))

/**
 * Copies a revision, or one block of its body, into the draft. The former draft is kept as a revision unless one equals it, and so is the
 * restored copy unless it is live. Readers see nothing of it until it is published.
 */
export const restoreRevision = operation(
  z.object({ storyId: idField, seenVersion: idField, revisionId: idField, blockId: restoreTokenField.optional() }),
  async (work, { storyId, seenVersion, revisionId, blockId: token }): Promise<Restored> => {
    const [blockId, seenFingerprint] = token ?? []
    const { tx, actor, now, permit, tell, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const { draft } = story
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
    // Changes elsewhere in the story are no conflict for one block.
    if (blockId !== undefined && seenFingerprint !== undefined) {
      if (currentFingerprint(draft.body, revision.copy.body, blockId) !== seenFingerprint) refuseStaleDraft(draft)
    }
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

/** The live revision, if it equals the copy: a draft may be linked to no other. */
async function liveRevisionWithCopy(tx: Transaction, story: Story, copy: Copy): Promise<number | null> {
  if (story.stage === 'draft') return null
  return changedFields(await findLiveCopy(tx, story), copy).length === 0 ? story.liveRevisionId : null
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
