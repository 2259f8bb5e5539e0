import { z } from 'zod'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { findActiveUser } from '../people/store'
import { idField, textField } from '../form/fields'
import { refuseStaleDraft, tellSaved } from '../story/drafting'
import { lockStory } from '../story/store'
import { keepDraftAsRevision } from '../revision/store'
import { steps, type Step } from '../stage'
import { handIn, MAX_NOTE_LENGTH, markReady, moveToken, sendBack } from './progress'
import { saveProgress } from '../story/progress-store'
import type { Story } from '../story/story'

const noteField = textField('The note', MAX_NOTE_LENGTH)

/** The step that the page showed, and its move (`moveToken`); absent from a page of an older build. */
const seenFields = { seenStep: z.enum(steps), seenMove: z.string().optional() }

/** Hands in the saved draft for review, and keeps it as a revision. */
export const submitStory = operation(
  z.object({ storyId: idField, ...seenFields, note: noteField.default('') }),
  async (work, { storyId, note, ...seen }) => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.submit', story)
    refuseStaleStep(story, seen)
    const progress = handIn(story, actor, note || null, now)
    await tellSaved(work, story, story.draft.headline)
    const number = await keepDraftAsRevision(tx, actor, story, now, 'handed-over')
    await saveProgress(tx, storyId, progress)
    tell({ type: 'story-handed-in', storyId, headline: story.draft.headline, note: progress.note, number })
    return { ...story, progress }
  },
)

/** Marks the draft that the editor saw as ready. */
export const clearStory = operation(
  z.object({ storyId: idField, ...seenFields, seenVersion: idField }),
  async ({ tx, actor, now, permit, tell }, { storyId, seenVersion, ...seen }) => {
    const story = await lockStory(tx, storyId)
    permit('story.clear', story)
    refuseStaleStep(story, seen)
    const { draft } = story
    if (seenVersion !== draft.version) refuseStaleDraft(draft)
    const progress = markReady(story, actor, now)
    await saveProgress(tx, storyId, progress)
    tell({ type: 'story-cleared', storyId, headline: draft.headline })
    return { ...story, progress }
  },
)

/** Sends a draft back with a note, to the person who handed it in, or else to its owner. */
export const sendStoryBack = operation(
  z.object({
    storyId: idField,
    ...seenFields,
    note: noteField.refine((note) => note !== '', 'Say what is to be done: the note is what the writer goes by.'),
  }),
  async ({ tx, actor, now, permit, tell }, { storyId, note, ...seen }) => {
    const story = await lockStory(tx, storyId)
    permit('story.send-back', story)
    refuseStaleStep(story, seen)
    const { step, moved } = story.progress
    const handedInBy = step === 'for-review' ? await findActiveUser(tx, moved?.byId ?? null) : null
    const writer = handedInBy ?? (await findActiveUser(tx, story.ownerId))
    const progress = sendBack(story, actor, note, writer, now)
    await saveProgress(tx, storyId, progress)
    tell({ type: 'story-sent-back', storyId, headline: story.draft.headline, note, to: writer?.name ?? null })
    return { ...story, progress }
  },
)

/** @throws Refused where the step or its note changed after the page was opened */
function refuseStaleStep(
  { progress }: Story,
  { seenStep, seenMove }: { seenStep: Step; seenMove?: string | undefined },
) {
  const { step, moved } = progress
  const isSeen = step === seenStep && (seenMove === undefined || seenMove === moveToken(progress))
  if (!isSeen) refuse({ kind: 'out-of-step', step, by: moved?.byName ?? null })
}
