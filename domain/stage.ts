/** Where a story stands for readers. */
export const stageNames = ['draft', 'scheduled', 'live', 'withdrawn'] as const
export type StageName = (typeof stageNames)[number]

/** How far a draft is on its way to readers, whatever they see meanwhile. */
export const steps = ['writing', 'for-review', 'ready'] as const
export type Step = (typeof steps)[number]

/** Who moved a draft to its step, and when. */
export type Move = { at: Date; byId: number | null; byName: string }

/** Whose turn it is. */
export type Assignee = { id: number; name: string }

/** Where a draft stands in the newsroom. The note came with the last move: at the step `writing`, why the draft was sent back. */
export type Progress = { step: Step; note: string | null; moved: Move | null; assignee: Assignee | null }

export const initialProgress: Progress = { step: 'writing', note: null, moved: null, assignee: null }

/** Why a draft has nothing left to review: readers see what it says (`told`), will see it (`to-be-told`), or the story is withdrawn. */
export type Finish = 'told' | 'to-be-told' | 'withdrawn'
