import { refuse } from '../refusal'
import { moveBy, type Assignee, type Finish, type Progress, type Step } from '../stage'
import type { Actor } from '../user/user'
import { hasUnpublishedChanges, isDraftDue, type Story } from '../story/story'

export const MAX_NOTE_LENGTH = 2000

/** The last move as a form sends it: its time (ISO 8601), or empty. */
export const moveToken = ({ moved }: Progress): string => moved?.at.toISOString() ?? ''

export function isSentBack({ step, note }: Progress): boolean {
  return step === 'writing' && note !== null
}

/** Null: there is something to review. */
export function finishOf(story: Story): Finish | null {
  if (story.stage === 'withdrawn') return 'withdrawn'
  if (isDraftDue(story)) return 'to-be-told'
  if (hasUnpublishedChanges(story)) return null
  return story.stage === 'scheduled' ? 'to-be-told' : 'told'
}

export function isFinished(story: Story): boolean {
  return finishOf(story) !== null
}

/** The assignee stays: a reporter who hands in a draft goes on seeing it. */
export function handIn(story: Story, actor: Actor, note: string | null, now: Date): Progress {
  requireStep(story, ['writing'])
  return { step: 'for-review', note, moved: moveBy(actor, now), assignee: story.progress.assignee }
}

export function markReady(story: Story, actor: Actor, now: Date): Progress {
  requireStep(story, ['writing', 'for-review'])
  return { step: 'ready', note: null, moved: moveBy(actor, now), assignee: story.progress.assignee }
}

export function sendBack(story: Story, actor: Actor, note: string, writer: Assignee | null, now: Date): Progress {
  requireStep(story, ['for-review', 'ready'])
  return { step: 'writing', note, moved: moveBy(actor, now), assignee: writer }
}

function requireStep(story: Story, allowed: Step[]) {
  const { step, moved } = story.progress
  const finish = finishOf(story)
  if (finish !== null) refuse({ kind: 'nothing-to-review', finish })
  if (!allowed.includes(step)) refuse({ kind: 'out-of-step', step, by: moved?.byName ?? null })
}
