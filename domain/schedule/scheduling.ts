import { z } from 'zod'
import { operation, type Work } from '../operation'
import { idField } from '../form/fields'
import { rewriteStoredDocument } from '../collaboration/document/document-store'
import { refuseStaleDraft, tellSaved } from '../story/drafting'
import { lockStory, linkDraftToRevision } from '../story/store'
import { updatePublication, clearPublication } from '../story/publication-store'
import { readyToPublish } from '../story/publishing'
import { keepRevision } from '../revision/store'
import { formatMoment } from '../time/newsroom-time'
import { endReview } from '../story/progress-store'
import { requireStage, listedUnder, schedule, type Scheduled, type Story } from '../story/story'
import { typedMoment } from './typed-moment'
import { scheduleFields, refuseStaleTime, refuseStaleChoice, cancelForm } from './stale-check'

/**
 * Schedules the saved draft, in place of the former schedule. Queries show it on time (`live_at <= now()`): no job has to run for that.
 */
export const scheduleStory = operation(
  z.object({ storyId: idField, seenVersion: idField, ...scheduleFields }),
  async (work, { storyId, seenVersion, seenAt, ...typed }) => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (seenVersion !== story.draft.version) return refuseStaleDraft(story.draft)
    const liveAt = typedMoment(typed, now, 'Choose a later one, or publish now.')
    if (story.stage === 'draft' || story.stage === 'scheduled') {
      const current = story.stage === 'scheduled' ? story.liveAt : null
      refuseStaleChoice(current, { seenAt, chosen: liveAt, timeZone: typed.timeZone })
    }
    const copy = await readyToPublish(work, story, liveAt)
    const revisionId =
      story.draft.keptAsRevisionId ?? (await keepRevision(tx, actor, storyId, copy, now, 'scheduled')).id
    const scheduled = schedule(story, copy, revisionId, liveAt)
    await updatePublication(tx, scheduled, now)
    await linkDraftToRevision(tx, storyId, revisionId)
    await rewriteStoredDocument(tx, scheduled, story.draft, story.draft.version)
    await tellSaved(work, story, copy.headline)
    tell({
      type: 'story-scheduled',
      storyId,
      headline: copy.headline,
      sectionId: copy.sectionId,
      liveAt: liveAt.toISOString(),
      inWords: formatMoment(liveAt, typed.timeZone),
      before: story.stage === 'scheduled' ? story.liveAt.toISOString() : null,
      revisionId,
      listedUnder: listedUnder(scheduled, story.stage === 'draft' ? null : story),
    })
    tellUnpublishCancelled(tell, story, scheduled, copy.headline)
    return {
      ...scheduled,
      draft: { ...story.draft, keptAsRevisionId: revisionId },
      progress: await endReview(work, story),
    }
  },
)

/** Records that a later schedule has dropped the scheduled end of the story. */
function tellUnpublishCancelled(tell: Work['tell'], before: Story, after: Scheduled, headline: string) {
  if (before.stage !== 'scheduled' || before.unpublish === null || after.unpublish !== null) return
  const unpublishAt = before.unpublish.at.toISOString()
  const { id: storyId, sectionId } = after
  tell({ type: 'unpublish-cancelled', storyId, headline, sectionId, unpublishAt, listedUnder: listedUnder(after) })
}

export const cancelSchedule = operation(cancelForm, async ({ tx, permit, tell }, { storyId, seenAt, timeZone }) => {
  const story = await lockStory(tx, storyId)
  permit('story.publish', story)
  requireStage(story, 'scheduled')
  refuseStaleTime(story.liveAt, seenAt, timeZone)
  await clearPublication(tx, storyId)
  const { headline } = story.draft
  tell({
    type: 'schedule-cancelled',
    storyId,
    headline,
    sectionId: story.sectionId,
    liveAt: story.liveAt.toISOString(),
    ...(story.unpublish !== null && { dropped: ['unpublishing'] }),
    listedUnder: listedUnder(story),
  })
})
