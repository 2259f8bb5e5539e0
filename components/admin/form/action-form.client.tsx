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
import { Answer } from './answer.client'
import { seenNow, SubmissionContext, type Seen } from './form-context'
import { FormStatus } from './form-status.client'
import { useUnsavedWords, type UnsavedWords } from './unsaved-words'
import { afterWriting, textOf } from '../writing/after-writing'
import { StoryPageContext, useWriting, type EarlySaves } from '../writing/writing-context'

type Props = {
  action: FormAction
  /** What a <SubmitSecond> button does with the same fields. */
  second?: FormAction
  /** With `second`: the page's address with a #fragment of this form. Without script it tells the answers of two forms apart. */
  at?: string
  /** What the page showed when it was opened, sent along so that nobody is overwritten. */
  seen?: Seen
  /** After success the fields begin again from the page as it is then: for lines of a list, and for the next headline. */
  afresh?: boolean
  /** Whether there is something in it to do: a form that only waits for it is no place that screen readers tell of. */
  offered?: boolean
  /** Its fields are those of the story's shared document, where there is one: they are kept while they are typed. */
  shared?: boolean
  /** The form places <Answer/> itself. */
  placesAnswer?: boolean
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
export function ActionForm({ action, second, at, seen = {}, afresh = false, placesAnswer, children, ...look }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const { id, label, className, offered = true, shared = false } = look
  const wasOffered = useOnce(offered)
  const page = useContext(StoryPageContext)
  const early = page?.early ?? null
  const words = useUnsavedWords(form, useWriting(shared ? page : null))
  // Whoever says which version they saw means the words on the screen.
  const screen = { early, form, shared, isSeen: 'seenVersion' in seen }
  const [first, submit, firstPending] = useActionState(kept(action, words, screen), idle, at)
  const [other, submitSecond, secondPending] = useActionState(kept(second ?? action, words, screen), idle, at)
  const state = useLatest(first, other)
  const pending = firstPending || secondPending
  const formId = useId()
  const [sent, setSent] = useState<Record<string, string>>({})
  const round = useRounds(state, afresh, form, words)
  const opened = useOpened(seen, state.status === 'idle' || (afresh && state.status === 'done'), words)

  function send(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    if (pending) return
    const button = event.nativeEvent.submitter
    const fields = new FormData(event.currentTarget, button)
    const chosen = second && button?.hasAttribute('data-second') ? submitSecond : submit
    words.sent()
    setSent(textOf(fields))
    startTransition(() => chosen(fields))
  }

  const hidden = Object.entries(afresh && state.status === 'done' ? opened : seenNow(state, opened))
  return (
    <SubmissionContext
      value={{ state, pending, shared, formId, anyTyped: words.any, sent, submitSecond: second ? submitSecond : null }}
    >
      <form
        {...{ ref: form, id, className, action: submit, onSubmit: send, onInput: words.typed }}
        aria-label={wasOffered || state.status !== 'idle' ? label : undefined}
        aria-busy={pending}
        tabIndex={afresh ? -1 : undefined}
      >
        <FormStatus />
        {hidden.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Fragment key={round}>{children}</Fragment>
        {!placesAnswer && <Answer />}
      </form>
    </SubmissionContext>
  )
}

/** Whether something has been so since this was first shown: what was done in a form is answered in it, and its answer has a name. */
function useOnce(now: boolean): boolean {
  const [once, setOnce] = useState(now)
  if (now && !once) setOnce(true)
  return once || now
}

/** Of two answers, the one that came last. */
function useLatest(first: FormState, other: FormState): FormState {
  const [seen, setSeen] = useState({ first, other, latest: first.status === 'idle' ? other : first })
  if (seen.first === first && seen.other === other) return seen.latest
  const latest = seen.first === first ? other : first
  setSeen({ first, other, latest })
  return latest
}

/** What the page showed when this form was opened. A refreshed page is adopted only while nobody has typed here. */
function useOpened(seen: Seen, open: boolean, words: UnsavedWords): Seen {
  const [opened, setOpened] = useState(seen)
  const [now, before] = [JSON.stringify(seen), JSON.stringify(opened)]
  useEffect(() => {
    if (open && now !== before && !words.any()) setOpened(JSON.parse(now) as Seen)
  }, [now, before, open, words])
  return opened
}

/** Counts successes: with `afresh` each begins a new round of fields, and the first of them has the focus (or the form, when none is left). */
function useRounds(
  state: FormState,
  afresh: boolean,
  form: { current: HTMLFormElement | null },
  words: UnsavedWords,
): number {
  const [round, setRound] = useState({ answered: state, number: 0 })
  if (round.answered !== state)
    setRound({ answered: state, number: afresh && state.status === 'done' ? round.number + 1 : round.number })
  useEffect(() => {
    if (state.status === 'done') words.saved()
  }, [state, words])
  useEffect(() => {
    if (round.number === 0 || !form.current) return
    const begin = form.current.querySelector<HTMLElement>('summary, input:not([type=hidden]), textarea') ?? form.current
    begin.focus()
  }, [round.number, form])
  return round.number
}

/** The words that a form stands for when it is sent: those of the shared document, once that is open. */
type Screen = {
  early: EarlySaves | null
  form: { current: HTMLFormElement | null }
  shared: boolean
  isSeen: boolean
}

/**
 * The action, with its words kept when the network or the server fails: that is an answer too, and the form stays as it is.
 * While rendering on the server the action itself is passed on, because a form without script needs its name.
 */
function kept(action: FormAction, words: UnsavedWords, { early, form, shared, isSeen }: Screen): FormAction {
  if (typeof window === 'undefined') return action
  return async (last, fields) => {
    try {
      const writing = early?.opened ?? null
      if (writing === null && early !== null)
        return await early.note(textOf(fields), action(last, fields), ({ status }) => status === 'done')
      if (writing === null || !isSeen) return await action(last, fields)
      const now = () => asPressed(fields, form.current)
      return await afterWriting(action, last, { writing, form: shared ? form.current : null, fields: now })
    } catch (error) {
      rethrowRedirect(error, words)
      return { status: 'unavailable', typed: textOf(fields) }
    }
  }
}

/** What a form says now; but the page may have come anew since its button was pressed, and what its writer had seen is what it showed then. */
function asPressed(pressed: FormData, form: HTMLFormElement | null): FormData {
  const now = form ? new FormData(form) : pressed
  for (const [name, seen] of pressed) if (name.startsWith('seen')) now.set(name, seen)
  return now
}

/** A redirect travels as an error: the words were saved, and the page may be left without a question. */
function rethrowRedirect(error: unknown, words: UnsavedWords) {
  try {
    unstable_rethrow(error)
  } catch (redirect) {
    words.left()
    throw redirect
  }
}
