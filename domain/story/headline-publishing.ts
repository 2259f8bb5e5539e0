import { z } from 'zod'
import { operation, type Work } from '../operation'
import { endReview } from './progress-store'
import { findLiveCopy, keepRevision } from '../revision/store'
import { idField } from '../form/fields'
import { headlineField } from '../copy/copy-form'
import { refuseStaleDraft, refuseStaleLive } from './drafting'
import { updateDraft, lockStory, linkDraftToRevision } from './store'
import { updatePublication } from './publication-store'
import { tellSuperseded } from './publishing'
import type { Copy } from '../copy/copy-fields'
import { changedFields } from '../copy/copy'
import { findAcceptedFlaws } from './accepted-flaw-store'
import { requireStage, requireFinishedHeadline, listedUnder, type Live } from './story'

/**
 * Changes only the headline of the live copy. The draft gets it too, unless its headline was changed since the list was opened.
 * Refused where the live headline is not one that the editor saw.
 */
export const publishHeadline = operation(
  z.object({
    storyId: idField,
    /** The headline of the draft, as the list showed it. */
    seenHeadline: z.string(),
    /** The live headline then; absent from a list of an older build. */
    seenLive: z.string().optional(),
    headline: headlineField.refine((line) => line !== '', 'A headline needs words.'),
  }),
  async (work, { storyId, seenHeadline, seenLive, headline }) => {
    const { tx, actor, now, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    requireStage(story, 'live')
    const { draft } = story
    const live = await findLiveCopy(tx, story)
    const isDraftSeen = draft.headline === seenHeadline
    const updatesDraft = isDraftSeen && draft.headline !== headline
    if (live.headline === headline && !updatesDraft) {
      unchanged()
      return story
    }
    const isLiveSeen =
      live.headline === seenHeadline || (seenLive === undefined ? isDraftSeen : live.headline === seenLive)
    if (!isLiveSeen) return refuseStaleLive(tx, story, { headline: live.headline })
    requireFinishedHeadline(live, headline, await findAcceptedFlaws(tx, storyId))
    const published = await publishWithHeadline(work, story, live, headline, updatesDraft)
    const newDraft = updatesDraft ? await updateDraft(tx, actor, story, { ...draft, headline }, now) : draft
    const isSameAsLive = changedFields({ ...live, headline }, newDraft).length === 0
    if (isSameAsLive) return linkDraftToLive(work, { ...published, draft: newDraft })
    // The draft was equal to the former revision.
    if (newDraft.keptAsRevisionId !== null) await linkDraftToRevision(tx, storyId, null)
    return { ...published, draft: { ...newDraft, keptAsRevisionId: null } }
  },
)

/** Publishes only the headline of a larger draft. The draft and its version stay as they are. */
export const publishDraftHeadline = operation(
  z.object({ storyId: idField, seenHeadline: z.string() }),
  async (work, { storyId, seenHeadline }) => {
    const { tx, permit, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    requireStage(story, 'live')
    const { draft } = story
    // Only the headline was seen, so only another headline is a conflict.
    if (draft.headline !== seenHeadline) return refuseStaleDraft(draft)
    const live = await findLiveCopy(tx, story)
    if (live.headline === draft.headline) {
      unchanged()
      return story
    }
    const headline = requireFinishedHeadline(live, draft.headline, await findAcceptedFlaws(tx, storyId))
    const published = await publishWithHeadline(work, story, live, headline, false)
    return changedFields({ ...live, headline }, draft).length === 0 ? linkDraftToLive(work, published) : published
  },
)

/** Publishes the live copy with another headline. */
async function publishWithHeadline(
  { tx, actor, now, tell }: Work,
  story: Live,
  live: Copy,
  headline: string,
  updatesDraft: boolean,
): Promise<Live> {
  const { draft } = story
  const { id: revisionId } = await keepRevision(tx, actor, story.id, { ...live, headline }, now, 'published')
  const published: Live = { ...story, liveRevisionId: revisionId, due: null }
  await updatePublication(tx, published, now)
  tellSuperseded(tell, story, headline)
  tell({
    type: 'headline-published',
    storyId: story.id,
    headline,
    before: live.headline,
    sectionId: story.sectionId,
    revisionId,
    formerRevisionId: story.liveRevisionId,
    ...(![live.headline, headline].includes(draft.headline) && {
      draft: { headline: draft.headline, stays: !updatesDraft },
    }),
    listedUnder: listedUnder(story),
  })
  return published
}

async function linkDraftToLive({ tx }: Work, story: Live): Promise<Live> {
  await linkDraftToRevision(tx, story.id, story.liveRevisionId)
  const draft = { ...story.draft, keptAsRevisionId: story.liveRevisionId }
  return { ...story, draft, progress: await endReview({ tx }, story) }
}
