import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField, reasonField } from '../form/fields'
import { lockStory } from '../story/store'
import { updateUnpublish } from '../story/publication-store'
import { findLiveCopy } from '../revision/store'
import { formatMoment } from '../time/newsroom-time'
import { requireStage, listedUnder, type Live, type Scheduled, type Unpublish } from '../story/story'
import { typedMoment, refuseField } from './typed-moment'
import { scheduleFields, refuseStaleTime, refuseStaleChoice, cancelForm } from './stale-check'

/** Schedules the end of a live or scheduled story, in place of the former one. Queries treat it as withdrawn from then on. */
export const scheduleUnpublish = operation(
  z.object({
    storyId: idField,
    ...scheduleFields,
    reason: reasonField('Say why, for the history: readers do not see it.'),
    /** The reason that the page showed, empty for none; absent from a page of an older build. */
    seenReason: z.string().optional(),
  }),
  async ({ tx, now, permit, tell }, { storyId, seenAt, seenReason, reason, ...typed }): Promise<Live | Scheduled> => {
    const story = await lockStory(tx, storyId)
    permit('story.withdraw', story)
    requireStage(story, 'scheduled', 'live')
    const at = typedMoment(typed, now, 'Choose a later one, or withdraw the story now.')
    refuseStaleChoice(story.unpublish?.at ?? null, { seenAt, chosen: at, timeZone: typed.timeZone })
    refuseStaleReason(story.unpublish, { seenReason, reason })
    if (at <= story.liveAt) return refuseField('due', 'The story is not live by then. Choose a later time.')
    if (story.stage === 'live' && story.due !== null && at <= story.due.at)
      return refuseField(
        'due',
        'Changes are scheduled for after that. Choose a later time, or take them out of the schedule.',
      )
    const { headline } = await findLiveCopy(tx, story)
    const scheduled = { ...story, unpublish: { at, reason } }
    await updateUnpublish(tx, storyId, scheduled.unpublish)
    tell({
      type: 'unpublish-scheduled',
      storyId,
      headline,
      sectionId: story.sectionId,
      unpublishAt: at.toISOString(),
      inWords: formatMoment(at, typed.timeZone),
      before: story.unpublish?.at.toISOString() ?? null,
      reason,
      listedUnder: listedUnder(story, story.stage === 'live' ? story.due : null),
    })
    return scheduled
  },
)

export const cancelUnpublish = operation(
  cancelForm,
  async ({ tx, permit, tell }, { storyId, seenAt, timeZone }): Promise<Live | Scheduled> => {
    const story = await lockStory(tx, storyId)
    permit('story.withdraw', story)
    requireStage(story, 'scheduled', 'live')
    if (story.unpublish === null) return refuse({ kind: 'unfit', why: 'The story stays already.' })
    refuseStaleTime(story.unpublish.at, seenAt, timeZone)
    const { headline } = await findLiveCopy(tx, story)
    await updateUnpublish(tx, storyId, null)
    const { sectionId, unpublish } = story
    tell({
      type: 'unpublish-cancelled',
      storyId,
      headline,
      sectionId,
      unpublishAt: unpublish.at.toISOString(),
      listedUnder: listedUnder(story, story.stage === 'live' ? story.due : null),
    })
    return { ...story, unpublish: null }
  },
)

/** @throws Refused where the reason was changed after the page was opened */
function refuseStaleReason(current: Unpublish | null, given: { seenReason: string | undefined; reason: string }) {
  const { seenReason, reason } = given
  if (current === null || seenReason === undefined || [seenReason, reason].includes(current.reason)) return
  const why = `It is to be unpublished because: “${current.reason}” by now, so nothing was changed. Look again, and do it once more if your reason is to stand in its place.`
  refuse({ kind: 'unfit', why })
}
