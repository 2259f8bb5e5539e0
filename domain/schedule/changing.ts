import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { operation } from '../operation'
import { refuse } from '../refusal'
import type { Actor } from '../user/user'
import { idField } from '../form/fields'
import { refuseStaleDraft, tellSaved } from '../story/drafting'
import { lockStory } from '../story/store'
import { updateDueChanges } from '../story/publication-store'
import { readyToPublish } from '../story/publishing'
import { findStoryRevision, keepRevision } from '../revision/store'
import type { RevisionRef } from '../revision/revision'
import { formatMoment } from '../time/newsroom-time'
import { endReview } from '../story/progress-store'
import { changedFields } from '../copy/copy'
import {
  requireStage,
  hasUnpublishedChanges,
  listedUnder,
  scheduleChanges,
  type FinishedCopy,
  type Live,
} from '../story/story'
import { typedMoment, refuseField } from './typed-moment'
import { scheduleFields, refuseStaleTime, refuseStaleChoice, cancelForm } from './stale-check'

/** Schedules the saved draft of a live story as its changes, in place of those that are scheduled already. Later edits stay in the draft. */
export const scheduleStoryChanges = operation(
  z.object({ storyId: idField, seenVersion: idField, ...scheduleFields }),
  async (work, { storyId, seenVersion, seenAt, ...typed }): Promise<Live> => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    requireStage(story, 'live')
    if (seenVersion !== story.draft.version) return refuseStaleDraft(story.draft)
    if (!hasUnpublishedChanges(story))
      return refuseField('due', 'There is nothing to schedule: readers see what the draft says.')
    const at = typedMoment(typed, now, 'Choose a later one, or publish the changes now.')
    refuseStaleChoice(story.due?.at ?? null, { seenAt, chosen: at, timeZone: typed.timeZone })
    if (story.unpublish !== null && at >= story.unpublish.at)
      return refuseField('due', 'The story is to be unpublished by then. Choose an earlier time, or let it stay.')
    const copy = await readyToPublish(work, story, at)
    const { id: revisionId, number } = await findOrInsertRevision(tx, actor, story, copy, now)
    const changed = scheduleChanges(story, copy, revisionId, at)
    await updateDueChanges(tx, changed)
    await tellSaved(work, story, copy.headline)
    tell({
      type: 'changes-scheduled',
      storyId,
      headline: copy.headline,
      sectionId: copy.sectionId,
      formerSectionId: story.sectionId,
      dueAt: at.toISOString(),
      inWords: formatMoment(at, typed.timeZone),
      before: story.due?.at.toISOString() ?? null,
      number,
      listedUnder: listedUnder(story, changed.due, story.due),
    })
    return { ...changed, progress: await endReview(work, story) }
  },
)

export const cancelStoryChanges = operation(
  cancelForm,
  async ({ tx, permit, tell }, { storyId, seenAt, timeZone }): Promise<Live> => {
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    requireStage(story, 'live')
    const { due } = story
    if (due === null) return refuse({ kind: 'unfit', why: 'No changes are scheduled any more.' })
    refuseStaleTime(due.at, seenAt, timeZone)
    const { headline } = (await findStoryRevision(tx, storyId, { id: due.revisionId })) ?? story.draft
    const unchanged = { ...story, due: null }
    await updateDueChanges(tx, unchanged)
    tell({
      type: 'scheduled-changes-cancelled',
      storyId,
      headline,
      sectionId: due.sectionId,
      formerSectionId: story.sectionId,
      dueAt: due.at.toISOString(),
      superseded: false,
      listedUnder: listedUnder(story, due),
    })
    return unchanged
  },
)

/** The scheduled revision where it has the same copy, or else a new one. */
async function findOrInsertRevision(
  tx: Transaction,
  actor: Actor,
  { id, due }: Live,
  copy: FinishedCopy,
  now: Date,
): Promise<RevisionRef> {
  const scheduled = due && (await findStoryRevision(tx, id, { id: due.revisionId }))
  if (scheduled && changedFields(scheduled.copy, copy).length === 0) return scheduled
  return keepRevision(tx, actor, id, copy, now, 'scheduled')
}
