/** Where a story stands for readers. */
export const stageNames = ['draft', 'scheduled', 'live', 'withdrawn'] as const
export type StageName = (typeof stageNames)[number]

/** How far a draft is on its way to readers. */
export const steps = ['writing', 'for-review', 'ready'] as const
export type Step = (typeof steps)[number]

export const stepLabels: Record<Step, string> = { writing: 'Being written', 'for-review': 'For review', ready: 'Ready' }

/** Who moved a draft to its step, and when. */
export type Move = { at: Date; byId: number | null; byName: string }

/** Whose turn it is. */
export type Assignee = { id: number; name: string }

/** Where a draft stands in the newsroom. The note came with the last move: at the step `writing`, why the draft was sent back. */
export type Progress = { step: Step; note: string | null; moved: Move | null; assignee: Assignee | null }

export const initialProgress: Progress = { step: 'writing', note: null, moved: null, assignee: null }

/** A reporter's change reopens the review of a draft that an editor had marked ready. Null: the step stays. */
export function reopened({ progress }: { progress: Progress }, actor: Mover, now: Date): Progress | null {
  if (progress.step !== 'ready' || actor.role !== 'reporter') return null
  return { ...progress, step: 'for-review', moved: moveBy(actor, now) }
}

/** Nothing is left to review once the draft is live or scheduled. The assignee stays. */
export function afterPublishing({ assignee }: Progress): Progress {
  return { ...initialProgress, assignee }
}

type Mover = { id: number | null; name: string; role: string }

export const moveBy = ({ id, name }: Mover, at: Date): Move => ({ at, byId: id, byName: name })

/** Why a draft has nothing left to review: readers see what it says (`told`), will see it (`to-be-told`), or the story is withdrawn. */
export type Finish = 'told' | 'to-be-told' | 'withdrawn'

/** Each ends a sentence. */
export const finishSentences: Record<Finish, string> = {
  told: 'readers are told what the draft says.',
  'to-be-told': 'readers will be told what the draft says, at its time.',
  withdrawn: 'the story is withdrawn.',
}
