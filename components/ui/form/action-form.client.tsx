'use client'
import { unstable_isUnrecognizedActionError as isUnrecognizedAction, unstable_rethrow } from 'next/navigation'
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
  type RefObject,
  type SubmitEvent,
} from 'react'
import { typedValues, type FormAction, type FormState } from '@/lib/form-state'
import { seenAfter, SubmissionContext, type Seen } from './form-context'
import { FormDocumentContext, useOpenDocument, type FormDocument, type SubmittedForm } from './form-document'
import { FormMessage } from './form-message.client'
import { FormStatus } from './form-status.client'
import { useUnsavedChanges, type UnsavedChanges } from './unsaved-changes'

type Props = {
  action: FormAction
  /** The action of a <SecondarySubmit> button, with the same fields. */
  secondAction?: FormAction
  /** With `secondAction`: the page's address with a #fragment of this form. Without script it distinguishes the states of two forms. */
  permalink?: string
  /** What the page showed when it was opened, sent as hidden fields: the server refuses to overwrite what the user has not seen. */
  seen?: Seen
  /** After success the fields are rendered again from the page's current props. */
  resetOnSuccess?: boolean
  /** The form offers an action now. Without one it has no label, so that screen readers do not list it. */
  isAvailable?: boolean
  /** The fields are bound to the page's document, which saves them while they are typed. */
  shared?: boolean
  /** The children render <FormMessage /> themselves. */
  rendersMessage?: boolean
  id?: string
  label?: string
  className?: string
  children: ReactNode
}

const idle: FormState = { status: 'idle' }

/**
 * A form with a server action: submits, shows that it is pending, and shows the result. Without script the page is rendered with the submitted
 * values; with script the fields are never reset by React, so that typing during a submission is not lost.
 */
export function ActionForm({
  action,
  secondAction,
  permalink,
  seen = {},
  resetOnSuccess = false,
  isAvailable = true,
  shared = false,
  rendersMessage,
  id,
  label,
  className,
  children,
}: Props) {
  const form = useRef<HTMLFormElement>(null)
  const wasAvailable = useEverTrue(isAvailable)
  const document = useContext(FormDocumentContext)
  const openDocument = useOpenDocument()
  const unsaved = useUnsavedChanges(form, shared ? openDocument : null)
  const target = { document, form, shared, sendsVersion: 'seenVersion' in seen }
  const [firstState, submit, firstPending] = useActionState(withFailureState(action, unsaved, target), idle, permalink)
  const [secondState, submitSecond, secondPending] = useActionState(
    withFailureState(secondAction ?? action, unsaved, target),
    idle,
    permalink,
  )
  const state = useLatest(firstState, secondState)
  const pending = firstPending || secondPending
  const formId = useId()
  const [lastSubmitted, setLastSubmitted] = useState<Record<string, string>>({})
  const generation = useFieldGeneration(state, resetOnSuccess, form, unsaved)
  const isReset = resetOnSuccess && state.status === 'done'
  const seenAtOpen = useSeenAtOpen(seen, state.status === 'idle' || isReset, unsaved)

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const button = event.nativeEvent.submitter
    const fields = new FormData(event.currentTarget, button)
    const chosenAction = secondAction && button?.hasAttribute('data-second') ? submitSecond : submit
    unsaved.onSubmit()
    setLastSubmitted(typedValues(fields))
    startTransition(() => chosenAction(fields))
  }

  const hidden = Object.entries(isReset ? seenAtOpen : seenAfter(state, seenAtOpen))
  return (
    <SubmissionContext
      value={{
        state,
        pending,
        shared,
        formId,
        hasUnsavedChanges: unsaved.hasUnsaved,
        lastSubmitted,
        submitSecond: secondAction ? submitSecond : null,
      }}
    >
      <form
        {...{ ref: form, id, className, action: submit, onSubmit, onInput: unsaved.onInput }}
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

/** True from the first render in which the value was true: the result of a form is shown in it, under its label. */
function useEverTrue(now: boolean): boolean {
  const [everTrue, setEverTrue] = useState(now)
  if (now && !everTrue) setEverTrue(true)
  return everTrue || now
}

/** Of two states, the one that changed last. */
function useLatest(first: FormState, second: FormState): FormState {
  const [seen, setSeen] = useState({ first, second, latest: first.status === 'idle' ? second : first })
  if (seen.first === first && seen.second === second) return seen.latest
  const latest = seen.first === first ? second : first
  setSeen({ first, second, latest })
  return latest
}

/** What the page showed when this form was opened. A refreshed page replaces it only while the form has no unsaved input. */
function useSeenAtOpen(seen: Seen, mayAdopt: boolean, unsaved: UnsavedChanges): Seen {
  const [seenAtOpen, setSeenAtOpen] = useState(seen)
  const [now, before] = [JSON.stringify(seen), JSON.stringify(seenAtOpen)]
  useEffect(() => {
    if (mayAdopt && now !== before && !unsaved.hasUnsaved()) setSeenAtOpen(JSON.parse(now) as Seen)
  }, [now, before, mayAdopt, unsaved])
  return seenAtOpen
}

/** Counts successes. With `resetOnSuccess` each renders new fields and focuses the first of them, or the form where none is left. */
function useFieldGeneration(
  state: FormState,
  resetOnSuccess: boolean,
  form: RefObject<HTMLFormElement | null>,
  unsaved: UnsavedChanges,
): number {
  const [generation, setGeneration] = useState({ of: state, number: 0 })
  if (generation.of !== state)
    setGeneration({ of: state, number: generation.number + (resetOnSuccess && state.status === 'done' ? 1 : 0) })
  useEffect(() => {
    if (state.status === 'done') unsaved.onSaved()
  }, [state, unsaved])
  useEffect(() => {
    if (generation.number === 0 || !form.current) return
    const first = form.current.querySelector<HTMLElement>('summary, input:not([type=hidden]), textarea') ?? form.current
    first.focus()
  }, [generation.number, form])
  return generation.number
}

type Target = SubmittedForm & { document: FormDocument | null }

/**
 * The action, with a network or server failure as the state `unavailable`, so that the form keeps its values; `outdated` where the server does not
 * know the action.
 * On the server it is the action itself: a form without script needs its id.
 */
function withFailureState(action: FormAction, unsaved: UnsavedChanges, { document, ...form }: Target): FormAction {
  if (typeof window === 'undefined') return action
  return async (last, fields) => {
    try {
      return await (document ? document.submit(action, last, fields, form) : action(last, fields))
    } catch (error) {
      rethrowRedirect(error, unsaved)
      return { status: isUnrecognizedAction(error) ? 'outdated' : 'unavailable', typed: typedValues(fields) }
    }
  }
}

/** A redirect is thrown: the changes were saved, and the page may be left without a confirmation. */
function rethrowRedirect(error: unknown, unsaved: UnsavedChanges) {
  try {
    unstable_rethrow(error)
  } catch (redirect) {
    unsaved.discard()
    throw redirect
  }
}
