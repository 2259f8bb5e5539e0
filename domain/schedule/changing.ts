import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { operation } from '../operation'
import { refuse } from '../refusal'
import type { Actor } from '../user/user'
import { idField } from '../story/copy-form'
import { refuseUnseen, tellSaved } from '../story/drafting'
import { lockStory } from '../story/keeping'
import { keepDue } from '../story/publication-keeping'
import { readyForReaders } from '../story/publishing'
import { findRevisionOf, keepRevision } from '../version/revision-keeping'
import type { RevisionPlace } from '../version/revision'
import { momentInWords } from '../time/newsroom-time'
import { endReview } from '../step/step-keeping'
import {
  changedParts,
  hasUnpublishedChanges,
  namedAt,
  scheduleChanges,
  type FinishedCopy,
  type Live,
} from '../story/story'
import { typedMoment, wrong } from '../time/typed-moment'
import { momentFields, refuseUnseenMoment, refuseUnseenStanding, takingOutForm } from './seen-moment'

/**
 * Schedules the changes of a live story: the draft, as it was last saved, takes the place of what readers see from a time on; anew where changes
 * are scheduled already. What is written afterwards stays in the draft.
 */
export const scheduleStoryChanges = operation(
  z.object({ storyId: idField, seenVersion: idField, ...momentFields }),
  async (work, { storyId, seenVersion, seenAt, ...typed }): Promise<Live> => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
    if (seenVersion !== story.draft.version) return refuseUnseen(story.draft)
    if (!hasUnpublishedChanges(story))
      return wrong('due', 'There is nothing to schedule: readers see what the draft says.')
    const at = typedMoment(typed, now, 'Choose a later one, or publish the changes now.')
    refuseUnseenStanding(story.due?.at ?? null, { seenAt, chosen: at, timeZone: typed.timeZone })
    if (story.unpublish !== null && at >= story.unpublish.at)
      return wrong('due', 'The story is to be unpublished by then. Choose an earlier time, or let it stay.')
    const copy = await readyForReaders(work, story.draft)
    const { id: revisionId, number } = await revisionSaying(tx, actor, story, copy, now)
    const changed = scheduleChanges(story, copy, revisionId, at)
    await keepDue(tx, changed)
    await tellSaved(work, story, copy.headline)
    tell({
      type: 'changes-scheduled',
      storyId,
      headline: copy.headline,
      sectionId: copy.sectionId,
      formerSectionId: story.sectionId,
      dueAt: at.toISOString(),
      inWords: momentInWords(at, typed.timeZone),
      before: story.due?.at.toISOString() ?? null,
      number,
      listedUnder: namedAt(story, changed.due, story.due),
    })
    return { ...changed, progress: await endReview(work, story) }
  },
)

/** Takes scheduled changes of a live story out of the schedule; the draft and what readers see stay as they are. */
export const cancelStoryChanges = operation(
  takingOutForm,
  async ({ tx, permit, tell }, { storyId, seenAt, timeZone }): Promise<Live> => {
    const story = await lockStory(tx, storyId)
    permit('story.publish', story)
    if (story.stage !== 'live') return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['live'] })
    const { due } = story
    if (due === null) return refuse({ kind: 'unfit', why: 'No changes are scheduled any more.' })
    refuseUnseenMoment(due.at, seenAt, timeZone)
    const { headline } = (await findRevisionOf(tx, storyId, { id: due.revisionId })) ?? story.draft
    const kept = { ...story, due: null }
    await keepDue(tx, kept)
    tell({
      type: 'scheduled-changes-cancelled',
      storyId,
      headline,
      sectionId: due.sectionId,
      formerSectionId: story.sectionId,
      dueAt: due.at.toISOString(),
      superseded: false,
      listedUnder: namedAt(story, due),
    })
    return kept
  },
)

/** What is scheduled already, where the draft still says that; else a new revision. */
async function revisionSaying(
  tx: Transaction,
  actor: Actor,
  { id, due }: Live,
  copy: FinishedCopy,
  now: Date,
): Promise<RevisionPlace> {
  const scheduled = due && (await findRevisionOf(tx, id, { id: due.revisionId }))
  if (scheduled && changedParts(scheduled.copy, copy).length === 0) return scheduled
  return keepRevision(tx, actor, id, copy, now, 'scheduled')
}
