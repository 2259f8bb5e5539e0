import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField } from '../story/copy-form'
import { refuseUnseen, refuseUnseenLive } from '../story/drafting'
import { keepDraft, lockStory, markDraftKept } from '../story/keeping'
import { findLiveCopy, keepWork } from './revision-keeping'
import { endReview } from '../step/step-keeping'
import { tellPutBack } from '../writing/put-back-telling'
import { changedParts, hasUnpublishedChanges, type Live } from '../story/story'

/**
 * Puts the draft of a live story back to what readers see. What is discarded is kept as a revision first, so nothing is lost.
 * Refused when somebody saved or published after the page was opened: then it was something else that should go.
 */
export const discardChanges = operation(
  z.object({ storyId: idField, seenVersion: idField, seenRevision: idField }),
  async (work, { storyId, seenVersion, seenRevision }): Promise<Live> => {
    const { tx, actor, now, permit, tell, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
    const { draft, liveRevisionId } = story
    if (seenVersion !== draft.version) refuseUnseen(draft)
    if (seenRevision !== liveRevisionId) return refuseUnseenLive(tx, story)
    if (!hasUnpublishedChanges(story)) {
      unchanged()
      return story
    }
    const live = await findLiveCopy(tx, story)
    const changed = changedParts(draft, live)
    const keptFirstAs = changed.length === 0 ? null : await keepWork(tx, actor, story, now)
    const putBack = await keepDraft(tx, actor, story, live, now)
    await markDraftKept(tx, storyId, liveRevisionId)
    const progress = await endReview({ tx }, story)
    tell({
      type: 'changes-discarded',
      storyId,
      headline: live.headline,
      before: { headline: draft.headline },
      changed,
      keptFirstAs,
    })
    if (changed.length > 0) await tellPutBack(work, storyId, { to: null, keptAs: keptFirstAs })
    const draftNow = { ...putBack, keptAsRevisionId: liveRevisionId }
    return { ...story, draft: draftNow, progress }
  },
)
