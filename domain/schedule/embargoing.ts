import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { idField, wordsField } from '../story/copy-form'
import { lockStory } from '../story/keeping'
import { keepEmbargo } from '../story/publication-keeping'
import { momentInWords } from '../time/newsroom-time'
import { embargoedAt, type Embargo, type Story } from '../story/story'
import { dueFields, typedMoment, wrong } from '../time/typed-moment'

const reasonField = wordsField('The reason', 1000)

/**
 * Puts a story under an embargo: readers see nothing new of it before, whoever publishes. Whoever may write in it may do that, and may move the
 * embargo later; moving it earlier is lifting it, and needs that right and a reason.
 */
export const embargoStory = operation(
  z.object({
    storyId: idField,
    ...dueFields,
    note: wordsField('The note', 300).refine((words) => words !== '', 'Say whose embargo it is, and why.'),
    reason: reasonField.optional().default(''),
  }),
  async (work, { storyId, note, reason, ...typed }): Promise<Story> => {
    const { tx, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const until = typedMoment(typed, now, 'An embargo ends later than now.')
    const former = embargoedAt(story, now)
    refuseWhereScheduledBefore(story, until)
    const embargo = { until, note }
    const inWords = momentInWords(until, typed.timeZone)
    if (former !== null && until < former.until)
      tellLifted(work, story, former, { until: until.toISOString(), inWords, reason })
    await keepEmbargo(tx, storyId, embargo)
    if (former === null || until >= former.until || note !== former.note)
      tell({
        type: 'embargo-set',
        storyId,
        headline: story.draft.headline,
        until: until.toISOString(),
        inWords,
        note,
      })
    return { ...story, embargo }
  },
)

/** Takes the embargo away, with a reason that history keeps. */
export const liftEmbargo = operation(z.object({ storyId: idField, reason: reasonField }), async (work, input) => {
  const { tx, now, permit } = work
  const story = await lockStory(tx, input.storyId)
  permit('story.edit', story)
  const former = embargoedAt(story, now)
  if (former === null) return refuse({ kind: 'unfit', why: 'The story is not under an embargo any more.' })
  tellLifted(work, story, former, { until: null, inWords: null, reason: input.reason })
  await keepEmbargo(tx, story.id, null)
  return { ...story, embargo: null }
})

/** @throws Refused, where the actor may not, or gives no reason */
function tellLifted(
  { permit, tell }: Work,
  story: Story,
  former: Embargo,
  to: { until: string | null; inWords: string | null; reason: string },
) {
  permit('story.lift-embargo', story)
  if (to.reason === '') wrong('reason', 'Say why it may go earlier, for the history.')
  const { id: storyId, draft } = story
  tell({ type: 'embargo-lifted', storyId, headline: draft.headline, before: former.until.toISOString(), ...to })
}

/** What would go out before its embargo has to leave the schedule first: nothing is taken out of it unseen. */
function refuseWhereScheduledBefore(story: Story, until: Date) {
  const goesOut = story.stage === 'scheduled' ? story.liveAt : story.stage === 'live' ? story.due?.at : undefined
  if (goesOut !== undefined && goesOut < until)
    wrong('due', 'The story is scheduled for before that. Take it out of the schedule first, or schedule it anew.')
}
