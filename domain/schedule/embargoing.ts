import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { idField, textField } from '../form/fields'
import { lockStory } from '../story/store'
import { updateEmbargo } from '../story/publication-store'
import { formatMoment } from '../time/newsroom-time'
import { type Story, embargoedAt, type Embargo, embargoToken } from '../story/story'
import { dueFields, typedMoment, refuseField } from './typed-moment'
import { seenTimeZoneField } from './stale-check'

const reasonField = textField('The reason', 1000)

/** The embargo that the page showed (`embargoToken`). */
const seenEmbargoField = z.string().default('')

/**
 * Puts a story under an embargo: nothing of it can be published before it ends. Everybody who may edit the story may set it or move it later;
 * moving it earlier is lifting it, and needs that right and a reason. Refused where the embargo changed after the page was opened.
 */
export const embargoStory = operation(
  z.object({
    storyId: idField,
    seenEmbargo: seenEmbargoField,
    ...dueFields,
    note: textField('The note', 300).refine((note) => note !== '', 'Say whose embargo it is, and why.'),
    reason: reasonField.optional().default(''),
  }),
  async (work, { storyId, seenEmbargo, note, reason, ...typed }): Promise<Story> => {
    const { tx, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const until = typedMoment(typed, now, 'An embargo ends later than now.')
    const former = embargoedAt(story, now)
    const embargo = { until, note }
    if (embargoToken(former) !== embargoToken(embargo)) refuseStaleEmbargo(former, seenEmbargo, typed.timeZone)
    if (former === null) refuseIfLifted(seenEmbargo, now)
    refuseIfScheduledBefore(story, until)
    const inWords = formatMoment(until, typed.timeZone)
    if (former !== null && until < former.until)
      tellLifted(work, story, former, { until: until.toISOString(), inWords, reason })
    await updateEmbargo(tx, storyId, embargo)
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

/** Lifts the embargo that the page showed; the reason is kept in the history. */
export const liftEmbargo = operation(
  z.object({ storyId: idField, seenEmbargo: seenEmbargoField, timeZone: seenTimeZoneField, reason: reasonField }),
  async (work, { storyId, seenEmbargo, timeZone, reason }) => {
    const { tx, now, permit } = work
    const story = await lockStory(tx, storyId)
    permit('story.edit', story)
    const former = embargoedAt(story, now)
    if (former === null) return refuse({ kind: 'unfit', why: 'The story is not under an embargo any more.' })
    refuseStaleEmbargo(former, seenEmbargo, timeZone)
    tellLifted(work, story, former, { until: null, inWords: null, reason })
    await updateEmbargo(tx, storyId, null)
    return { ...story, embargo: null }
  },
)

function refuseStaleEmbargo(current: Embargo | null, seenEmbargo: string, timeZone: string) {
  if (current === null || embargoToken(current) === seenEmbargo) return
  const { until, note } = current
  refuse({
    kind: 'unfit',
    why: `Another embargo stands by now: until ${formatMoment(until, timeZone)} (${note}). Nothing was changed. Look again, and do it once more if it is still wanted.`,
  })
}

/** An embargo that was lifted is not set again by a page that still shows it. */
function refuseIfLifted(seenEmbargo: string, now: Date) {
  const [until = ''] = seenEmbargo.split(' ')
  if (Date.parse(until) > now.getTime()) refuse({ kind: 'unfit', why: LIFTED_MEANWHILE })
}

const LIFTED_MEANWHILE =
  'The embargo was lifted after you opened this page, so nothing was changed. Look again, and do it once more if it is still wanted.'

/** @throws Refused without the right or a reason */
function tellLifted(
  { permit, tell }: Work,
  story: Story,
  former: Embargo,
  to: { until: string | null; inWords: string | null; reason: string },
) {
  permit('story.lift-embargo', story)
  if (to.reason === '') refuseField('reason', 'Say why it may go earlier, for the history.')
  const { id: storyId, draft } = story
  tell({ type: 'embargo-lifted', storyId, headline: draft.headline, before: former.until.toISOString(), ...to })
}

/** An embargo does not cancel a schedule: a story that is scheduled for before its end is refused. */
function refuseIfScheduledBefore(story: Story, until: Date) {
  const dueAt = story.stage === 'scheduled' ? story.liveAt : story.stage === 'live' ? story.due?.at : undefined
  if (dueAt !== undefined && dueAt < until)
    refuseField(
      'due',
      'The story is scheduled for before that. Take it out of the schedule first, or schedule it anew.',
    )
}
