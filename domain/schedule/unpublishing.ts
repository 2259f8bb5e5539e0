import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField, reasonField } from '../story/copy-form'
import { lockStory } from '../story/keeping'
import { keepUnpublish } from '../story/publication-keeping'
import { findLiveCopy } from '../version/revision-keeping'
import { momentInWords } from '../time/newsroom-time'
import { namedAt, type Live, type Scheduled, type Unpublish } from '../story/story'
import { typedMoment, wrong } from '../time/typed-moment'
import { momentFields, refuseUnseenMoment, refuseUnseenStanding, takingOutForm } from './seen-moment'

/** Says until when a live or scheduled story stays, and why; anew where that is said already. From then on it is withdrawn, by the query itself. */
export const scheduleUnpublish = operation(
  z.object({
    storyId: idField,
    ...momentFields,
    reason: reasonField('Say why, for the history: readers do not see it.'),
    /** The reason that the page showed until then, empty for none; a page that was opened before an upgrade does not say it. */
    seenReason: z.string().optional(),
  }),
  async ({ tx, now, permit, tell }, { storyId, seenAt, seenReason, reason, ...typed }): Promise<Live | Scheduled> => {
    const story = await lockStory(tx, storyId)
    permit('story.withdraw', story)
    if (story.stage !== 'live' && story.stage !== 'scheduled')
      return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['scheduled', 'live'] })
    const at = typedMoment(typed, now, 'Choose a later one, or withdraw the story now.')
    refuseUnseenStanding(story.unpublish?.at ?? null, { seenAt, chosen: at, timeZone: typed.timeZone })
    refuseUnseenReason(story.unpublish, { seenReason, reason })
    if (at <= story.liveAt) return wrong('due', 'The story is not live by then. Choose a later time.')
    if (story.stage === 'live' && story.due !== null && at <= story.due.at)
      return wrong(
        'due',
        'Changes are scheduled for after that. Choose a later time, or take them out of the schedule.',
      )
    const { headline } = await findLiveCopy(tx, story)
    const kept = { ...story, unpublish: { at, reason } }
    await keepUnpublish(tx, storyId, kept.unpublish)
    tell({
      type: 'unpublish-scheduled',
      storyId,
      headline,
      sectionId: story.sectionId,
      unpublishAt: at.toISOString(),
      inWords: momentInWords(at, typed.timeZone),
      before: story.unpublish?.at.toISOString() ?? null,
      reason,
      listedUnder: namedAt(story, story.stage === 'live' ? story.due : null),
    })
    return kept
  },
)

/** Lets a story stay that was to be unpublished. */
export const cancelUnpublish = operation(
  takingOutForm,
  async ({ tx, permit, tell }, { storyId, seenAt, timeZone }): Promise<Live | Scheduled> => {
    const story = await lockStory(tx, storyId)
    permit('story.withdraw', story)
    if (story.stage !== 'live' && story.stage !== 'scheduled')
      return refuse({ kind: 'out-of-turn', stage: story.stage, allowed: ['scheduled', 'live'] })
    if (story.unpublish === null) return refuse({ kind: 'unfit', why: 'The story stays already.' })
    refuseUnseenMoment(story.unpublish.at, seenAt, timeZone)
    const { headline } = await findLiveCopy(tx, story)
    await keepUnpublish(tx, storyId, null)
    const { sectionId, unpublish } = story
    tell({
      type: 'unpublish-cancelled',
      storyId,
      headline,
      sectionId,
      unpublishAt: unpublish.at.toISOString(),
      listedUnder: namedAt(story, story.stage === 'live' ? story.due : null),
    })
    return { ...story, unpublish: null }
  },
)

/** @throws Refused, where somebody gave another reason after the page was opened */
function refuseUnseenReason(standing: Unpublish | null, given: { seenReason: string | undefined; reason: string }) {
  const { seenReason, reason } = given
  if (standing === null || seenReason === undefined || [seenReason, reason].includes(standing.reason)) return
  const why = `It is to be unpublished because: “${standing.reason}” by now, so nothing was changed. Look again, and do it once more if your reason is to stand in its place.`
  refuse({ kind: 'unfit', why })
}
