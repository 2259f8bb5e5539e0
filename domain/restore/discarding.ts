import { z } from 'zod'
import { operation } from '../operation'
import { idField } from '../form/fields'
import { refuseStaleDraft, refuseStaleLive } from '../story/drafting'
import { updateDraft, lockStory, linkDraftToRevision } from '../story/store'
import { findLiveCopy, keepDraftAsRevision } from '../revision/store'
import { endReview } from '../story/progress-store'
import { notifyRestored } from '../collaboration/recovery/restored-notice-store'
import { changedFields } from '../copy/copy'
import { requireStage, hasUnpublishedChanges, type Live } from '../story/story'

/**
 * Restores the live copy in the draft. The discarded draft is kept as a revision.
 * Refused when the story was saved or published after the page was opened.
 */
export const discardChanges = operation(
  z.object({ storyId: idField, seenVersion: idField, seenRevision: idField }),
  async (work, { storyId, seenVersion, seenRevision }): Promise<Live> => {
    const { tx, actor, now, permit, tell, unchanged } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    requireStage(story, 'live')
    const { draft, liveRevisionId } = story
    if (seenVersion !== draft.version) refuseStaleDraft(draft)
    if (seenRevision !== liveRevisionId) return refuseStaleLive(tx, story)
    if (!hasUnpublishedChanges(story)) {
      unchanged()
      return story
    }
    const live = await findLiveCopy(tx, story)
    const changed = changedFields(draft, live)
    const keptFirstAs = changed.length === 0 ? null : await keepDraftAsRevision(tx, actor, story, now)
    const putBack = await updateDraft(tx, actor, story, live, now)
    await linkDraftToRevision(tx, storyId, liveRevisionId)
    const progress = await endReview({ tx }, story)
    tell({
      type: 'changes-discarded',
      storyId,
      headline: live.headline,
      before: { headline: draft.headline },
      changed,
      keptFirstAs,
    })
    if (changed.length > 0) await notifyRestored(work, storyId, { to: null, keptAs: keptFirstAs })
    const draftNow = { ...putBack, keptAsRevisionId: liveRevisionId }
    return { ...story, draft: draftNow, progress }
  },
)
