'use client'
import { unstable_rethrow } from 'next/navigation'
import {
  Fragment,
  startTransition,
  useContext,
  useActionState,
  useEffect,
  useId,
  useRef,
  useState,
  type ReactNode,
  type SubmitEvent,
} from 'react'
import type { FormAction, FormState } from '@/lib/form-state'
import { FormMessage } from './form-message.client'
import { seenAfter, SubmissionContext, type Seen } from './form-context'
import { FormStatus } from './form-status.client'
import { useUnsavedChanges, type UnsavedChanges } from './unsaved-changes'
import { submitAfterSync, typedValues } from '../../admin/collaboration/session/submit-after-sync'
import {
  StoryPageContext,
  useDocumentSession,
  type EarlySaves,
} from '../../admin/collaboration/session/session-context'

type Props = {
  action: FormAction
  /** What a <SubmitSecond> button does with the same fields. */
  secondAction?: FormAction
  /** With `second`: the page's address with a #fragment of this form. Without script it tells the answers of two forms apart. */
  at?: string
  /** What the page showed when it was opened, sent along so that nobody is overwritten. */
  seen?: Seen
  /** After success the fields begin again from the page as it is then: for lines of a list, and for the next headline. */
  resetOnSuccess?: boolean
  /** Whether there is something in it to do: a form that only waits for it is no place that screen readers tell of. */
  isAvailable?: boolean
  /** Its fields are those of the story's shared document, where there is one: they are kept while they are typed. */
  shared?: boolean
  /** The form places <Answer/> itself. */
  rendersMessage?: boolean
  id?: string
  label?: string
  className?: string
  children: ReactNode
}

const idle: FormState = { status: 'idle' }

/**
 * Every form in the newsroom: submits, waits, and says what happened. Without script the page comes back with every word typed;
 * with script no field is ever reset by React, so what is typed while an answer is under way stays as well.
 */
export function ActionForm({
  action,
  secondAction,
  at,
  seen = {},
  resetOnSuccess = false,
  rendersMessage,
  children,
  ...rest
}: Props) {
  const form = useRef<HTMLFormElement>(null)
  const { id, label, className, isAvailable = true, shared = false } = rest
  const wasAvailable = useEverTrue(isAvailable)
  const page = useContext(StoryPageContext)
  const early = page?.early ?? null
  const unsaved = useUnsavedChanges(form, useDocumentSession(shared ? page : null))
  // Whoever says which version they saw means the words on the screen.
  const formScreen = { early, form, shared, isSeen: 'seenVersion' in seen }
  const [firstState, submit, firstPending] = useActionState(withFailureState(action, unsaved, formScreen), idle, at)
  const [secondState, submitSecond, secondPending] = useActionState(
    withFailureState(secondAction ?? action, unsaved, formScreen),
    idle,
    at,
  )
  const state = useLatest(firstState, secondState)
  const pending = firstPending || secondPending
  const formId = useId()
  const [submitted, setSubmitted] = useState<Record<string, string>>({})
  const generation = useFieldGeneration(state, resetOnSuccess, form, unsaved)
  const seenAtOpen = useSeenAtOpen(
    seen,
    state.status === 'idle' || (resetOnSuccess && state.status === 'done'),
    unsaved,
  )

  function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const button = event.nativeEvent.submitter
    const fields = new FormData(event.currentTarget, button)
    const chosenAction = secondAction && button?.hasAttribute('data-second') ? submitSecond : submit
    unsaved.onSubmit()
    setSubmitted(typedValues(fields))
    startTransition(() => chosenAction(fields))
  }

  const hidden = Object.entries(resetOnSuccess && state.status === 'done' ? seenAtOpen : seenAfter(state, seenAtOpen))
  return (
    <SubmissionContext
      value={{
        state,
        pending,
        shared,
        formId,
        hasUnsavedChanges: unsaved.hasUnsaved,
        lastSubmitted: submitted,
        submitSecond: secondAction ? submitSecond : null,
      }}
    >
      <form
        {...{ ref: form, id, className, action: submit, onSubmit: send, onInput: unsaved.onInput }}
        aria-label={wasAvailable || state.status !== 'idle' ? label : undefined}
        aria-busy={pending}
        tabIndex={resetOnSuccess ? -1 : undefined}
      >
        <FormStatus />
        {hidden.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Fragment key={generation}>{children}</Fragment>
        {!rendersMessage && <FormMessage />}
      </form>
    </SubmissionContext>
  )
}

/** Whether something has been so since this was first shown: what was done in a form is answered in it, and its answer has a name. */
function useEverTrue(now: boolean): boolean {
  const [everTrue, setEverTrue] = useState(now)
  if (now && !everTrue) setEverTrue(true)
  return everTrue || now
}

/** Of two answers, the one that came last. */
function useLatest(firstState: FormState, secondState: FormState): FormState {
  const [seen, setSeen] = useState({
    first: firstState,
    other: secondState,
    latest: firstState.status === 'idle' ? secondState : firstState,
  })
  if (seen.first === firstState && seen.other === secondState) return seen.latest
  const latest = seen.first === firstState ? secondState : firstState
  setSeen({ first: firstState, other: secondState, latest })
  return latest
}

/** What the page showed when this form was opened. A refreshed page is adopted only while nobody has typed here. */
function useSeenAtOpen(seen: Seen, mayAdopt: boolean, unsaved: UnsavedChanges): Seen {
  const [seenAtOpen, setSeenAtOpen] = useState(seen)
  const [now, before] = [JSON.stringify(seen), JSON.stringify(seenAtOpen)]
  useEffect(() => {
    if (mayAdopt && now !== before && !unsaved.hasUnsaved()) setSeenAtOpen(JSON.parse(now) as Seen)
  }, [now, before, mayAdopt, unsaved])
  return seenAtOpen
}

/** Counts successes: with `afresh` each begins a new round of fields, and the first of them has the focus (or the form, when none is left). */
function useFieldGeneration(
  state: FormState,
  resetOnSuccess: boolean,
  form: { current: HTMLFormElement | null },
  unsaved: UnsavedChanges,
): number {
  const [generation, setGeneration] = useState({ answeredState: state, number: 0 })
  if (generation.answeredState !== state)
    setGeneration({
      answeredState: state,
      number: resetOnSuccess && state.status === 'done' ? generation.number + 1 : generation.number,
    })
  useEffect(() => {
    if (state.status === 'done') unsaved.onSaved()
  }, [state, unsaved])
  useEffect(() => {
    if (generation.number === 0 || !form.current) return
    const firstControl =
      form.current.querySelector<HTMLElement>('summary, input:not([type=hidden]), textarea') ?? form.current
    firstControl.focus()
  }, [generation.number, form])
  return generation.number
}

/** The words that a form stands for when it is sent: those of the shared document, once that is open. */
type FormScreen = {
  early: EarlySaves | null
  form: { current: HTMLFormElement | null }
  shared: boolean
  isSeen: boolean
}

/**
 * The action, with its words kept when the network or the server fails: that is an answer too, and the form stays as it is.
 * While rendering on the server the action itself is passed on, because a form without script needs its name.
 */
function withFailureState(
  action: FormAction,
  unsaved: UnsavedChanges,
  { early, form, shared, isSeen }: FormScreen,
): FormAction {
  if (typeof window === 'undefined') return action
  return async (last, fields) => {
    try {
      const session = early?.opened ?? null
      if (session === null && early !== null)
        return await early.track(typedValues(fields), action(last, fields), ({ status }) => status === 'done')
      if (session === null || !isSeen) return await action(last, fields)
      const now = () => withSeenOf(fields, form.current)
      return await submitAfterSync(action, last, { session, form: shared ? form.current : null, fields: now })
    } catch (error) {
      rethrowRedirect(error, unsaved)
      return { status: 'unavailable', typed: typedValues(fields) }
    }
  }
}

/** What a form says now; but the page may have come anew since its button was pressed, and what its writer had seen is what it showed then. */
function withSeenOf(submitted: FormData, form: HTMLFormElement | null): FormData {
  const now = form ? new FormData(form) : submitted
  for (const [name, seen] of submitted) if (name.startsWith('seen')) now.set(name, seen)
  return now
}

/** A redirect travels as an error: the words were saved, and the page may be left without a question. */
function rethrowRedirect(error: unknown, unsaved: UnsavedChanges) {
  try {
    unstable_rethrow(error)
  } catch (redirect) {
    unsaved.discard()
    throw redirect
  }
}
