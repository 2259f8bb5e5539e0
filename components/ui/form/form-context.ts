import { createContext, useContext } from 'react'
import type { FormState } from '@/lib/form-state'

/** What a field needs to know of the form it stands in. */
export type Submission = {
  state: FormState
  pending: boolean
  /** Its fields are those of the story's shared document. */
  shared: boolean
  /** The beginning of every field's id, so that a message can lead to its field. */
  formId: string
  /** Somebody has typed what no answer has confirmed. */
  hasUnsavedChanges: () => boolean
  /** What was last sent, for fields that keep their value when the others begin afresh. */
  lastSubmitted: Record<string, string>
  /** What the second button does with the same fields. */
  submitSecond: ((form: FormData) => void) | null
}

export const SubmissionContext = createContext<Submission>({
  state: { status: 'idle' },
  pending: false,
  shared: false,
  formId: '',
  hasUnsavedChanges: () => false,
  lastSubmitted: {},
  submitSecond: null,
})

/** What one field is to show after the last submission: the words typed, what is wrong with them, and what somebody else wrote meanwhile. */
export function useField(
  name: string,
  value: string,
  { theirsAs: conflictName = name, keeps: keepsValue = false } = {},
) {
  const { state, formId, lastSubmitted } = useContext(SubmissionContext)
  const refusal = state.status === 'refused' ? state.refusal : null
  const errors = refusal?.kind === 'invalid' ? (refusal.fields[name] ?? []) : []
  const words = refusal?.kind === 'stale' ? refusal.theirs[conflictName] : undefined
  return {
    id: `${formId}-${name}`,
    shownValue: submittedValues(state)?.[name] ?? (keepsValue ? lastSubmitted[name] : undefined) ?? value,
    errors,
    theirs: words === undefined || refusal?.kind !== 'stale' ? null : { by: refusal.by, words },
  }
}

/** What the page showed when somebody began to write: `seenVersion`, `seenHeadline`. */
export type Seen = Record<string, string>

/**
 * What a form says its writer has seen. It moves on only with an answer that showed the writer something newer, never quietly with the page:
 * words that nobody has seen must not be overwritten.
 */
export function seenAfter(state: FormState, seenAtOpen: Seen): Seen {
  const newer: Seen = { ...submittedValues(state) }
  if (state.status === 'done' && state.version !== undefined) newer.seenVersion = String(state.version)
  if (state.status === 'refused' && state.refusal.kind === 'stale') {
    newer.seenVersion = String(state.refusal.version)
    if (state.refusal.theirs.headline !== undefined) newer.seenHeadline = state.refusal.theirs.headline
  }
  if (state.status === 'refused' && state.refusal.kind === 'out-of-step') newer.seenStep = state.refusal.step
  if (state.status === 'refused' && state.refusal.kind === 'reassigned')
    newer.seenAssignee = state.refusal.toId === null ? '' : String(state.refusal.toId)
  return Object.fromEntries(Object.entries(seenAtOpen).map(([name, value]) => [name, newer[name] ?? value]))
}

function submittedValues(state: FormState): Record<string, string> | undefined {
  return state.status === 'idle' || state.status === 'done' ? undefined : state.typed
}
