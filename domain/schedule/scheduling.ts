import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { idField } from '../story/copy-form'
import { rewriteKeptDocument } from '../writing/document-keeping'
import { refuseUnseen, tellSaved } from '../story/drafting'
import { lockStory, markDraftKept } from '../story/keeping'
import { keepPublication, keepUnpublished } from '../story/publication-keeping'
import { readyForReaders } from '../story/publishing'
import { keepRevision } from '../version/revision-keeping'
import { momentInWords } from '../time/newsroom-time'
import { endReview } from '../step/step-keeping'
import { namedAt, schedule, type Scheduled, type Story } from '../story/story'
import { typedMoment } from '../time/typed-moment'
import { momentFields, refuseUnseenMoment, refuseUnseenStanding, takingOutForm } from './seen-moment'

/**
 * Makes the draft, as it was last saved, what readers see from a time on; anew for a story that is scheduled already.
 * Being on time is a fact of the query (`live_at <= now()`), so nothing that could be late has to run.
 */
export const scheduleStory = operation(
  z.object({ storyId: idField, seenVersion: idField, ...momentFields }),
  async (work, { storyId, seenVersion, seenAt, ...typed }) => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (seenVersion !== story.draft.version) return refuseUnseen(story.draft)
    const liveAt = typedMoment(typed, now, 'Choose a later one, or publish now.')
    if (story.stage === 'draft' || story.stage === 'scheduled') {
      const standing = story.stage === 'scheduled' ? story.liveAt : null
      refuseUnseenStanding(standing, { seenAt, chosen: liveAt, timeZone: typed.timeZone })
    }
    const copy = await readyForReaders(work, story.draft)
    const revisionId =
      story.draft.keptAsRevisionId ?? (await keepRevision(tx, actor, storyId, copy, now, 'scheduled')).id
    const scheduled = schedule(story, copy, revisionId, liveAt)
    await keepPublication(tx, scheduled, now)
    await markDraftKept(tx, storyId, revisionId)
    await rewriteKeptDocument(tx, scheduled, story.draft, story.draft.version)
    await tellSaved(work, story, copy.headline)
    tell({
      type: 'story-scheduled',
      storyId,
      headline: copy.headline,
      sectionId: copy.sectionId,
      liveAt: liveAt.toISOString(),
      inWords: momentInWords(liveAt, typed.timeZone),
      before: story.stage === 'scheduled' ? story.liveAt.toISOString() : null,
      revisionId,
      listedUnder: namedAt(scheduled, story.stage === 'draft' ? null : story),
    })
    tellStaying(tell, story, scheduled, copy.headline)
    return {
      ...scheduled,
      draft: { ...story.draft, keptAsRevisionId: revisionId },
      progress: await endReview(work, story),
    }
  },
)

/** A story that is scheduled for later than it should have gone again stays: whoever said when it should go is told. */
function tellStaying(tell: Work['tell'], before: Story, after: Scheduled, headline: string) {
  if (before.stage !== 'scheduled' || before.unpublish === null || after.unpublish !== null) return
  const unpublishAt = before.unpublish.at.toISOString()
  const { id: storyId, sectionId } = after
  tell({ type: 'unpublish-cancelled', storyId, headline, sectionId, unpublishAt, listedUnder: namedAt(after) })
}

/** Takes a story that has not gone live yet out of the schedule; its words stay as they are. */
export const cancelSchedule = operation(takingOutForm, async ({ tx, permit, tell }, { storyId, seenAt, timeZone }) => {
  const story = await lockStory(tx, storyId)
  permit('story.publish', story)
  if (story.stage !== 'scheduled') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['scheduled'] })
  refuseUnseenMoment(story.liveAt, seenAt, timeZone)
  await keepUnpublished(tx, storyId)
  const { headline } = story.draft
  tell({
    type: 'schedule-cancelled',
    storyId,
    headline,
    sectionId: story.sectionId,
    liveAt: story.liveAt.toISOString(),
    ...(story.unpublish !== null && { dropped: ['unpublishing'] }),
    listedUnder: namedAt(story),
  })
})
