import { createContext, useContext } from 'react'
import type { FormState } from '@/lib/form-state'

/** What a field reads from its form. */
export type Submission = {
  state: FormState
  pending: boolean
  /** The fields are bound to the page's document. */
  shared: boolean
  /** Prefix of every field's id, so that an error message can link to its field. */
  formId: string
  /** The form has input that no successful submission contained. */
  hasUnsavedChanges: () => boolean
  /** The values of the last submission, for fields that keep their value when the form is reset. */
  lastSubmitted: Record<string, string>
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

type FieldOptions = { conflictName?: string; keepsValue?: boolean }

/** What a field shows after the last submission: the submitted value, its errors, and another editor's value for it. */
export function useField(name: string, value: string, { conflictName = name, keepsValue }: FieldOptions = {}) {
  const { state, formId, lastSubmitted } = useContext(SubmissionContext)
  const refusal = state.status === 'refused' ? state.refusal : null
  const errors = refusal?.kind === 'invalid' ? (refusal.fields[name] ?? []) : []
  const theirs = refusal?.kind === 'stale' ? refusal.theirs[conflictName] : undefined
  return {
    id: `${formId}-${name}`,
    shownValue: submittedValues(state)?.[name] ?? (keepsValue ? lastSubmitted[name] : undefined) ?? value,
    errors,
    conflict: theirs === undefined || refusal?.kind !== 'stale' ? null : { by: refusal.by, theirs },
  }
}

/** What the page showed when the form was opened: `seenVersion`, `seenHeadline`. */
export type Seen = Record<string, string>

/** What the user of a form has seen. It changes only with a response that showed something newer, never with a refreshed page. */
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
