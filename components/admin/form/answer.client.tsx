'use client'
import { useContext, useEffect, useRef, useState } from 'react'
import { refusalSentence } from '@/domain/refusal-sentence'
import type { FormState } from '@/lib/form-state'
import { SignInAgain } from '../door/sign-in-again.client'
import { usePageWriting } from '../writing/writing-context'
import { SubmissionContext } from './form-context'
import { NewsroomTimeZone } from './newsroom-time.client'

/** What the newsroom said to the last submission. Bad news takes the focus; good news is announced and leaves it where it is. */
export function Answer() {
  const { state, formId } = useContext(SubmissionContext)
  const problem = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLDivElement>(null)
  const isOver = useTroubleOver(problem)
  const [old, setOld] = useState<FormState | null>(null)
  useEffect(() => {
    // When another form is sent, this one's success is old news; a link that is shown only once stays.
    const age = (event: SubmitEvent) => {
      const ours = event.target instanceof Element && event.target.contains(status.current)
      if (!ours && !(state.status === 'done' && state.link)) setOld(state)
    }
    document.addEventListener('submit', age)
    return () => document.removeEventListener('submit', age)
  }, [state])
  const wrong = state.status !== 'idle' && state.status !== 'done' && !isOver
  return (
    <>
      <div role="status" className="answer" ref={status}>
        {state.status === 'done' && state !== old && (
          <div className="notice good">
            <p>{state.said}</p>
            {state.link && (
              <p>
                Pass on this link; it works {state.link.works} and is shown only now:{' '}
                <code className="one-time-link">{state.link.address}</code>
              </p>
            )}
          </div>
        )}
      </div>
      {wrong && (
        <div role="alert" className="notice bad" tabIndex={-1} ref={problem}>
          <Problem state={state} formId={formId} />
        </div>
      )}
    </>
  )
}

/**
 * Gives bad news the focus. That nobody could be reached, or was signed out, is over when the words of the story are kept again by themselves: then it
 * is not said any longer, and the focus goes back to where it was.
 */
function useTroubleOver(problem: { current: HTMLElement | null }): boolean {
  const { state, shared } = useContext(SubmissionContext)
  const writing = usePageWriting()
  const [over, setOver] = useState<FormState | null>(null)
  const cameFrom = useRef<Element | null>(null)
  useEffect(() => {
    if (!problem.current) return
    cameFrom.current = document.activeElement
    problem.current.focus()
  }, [state, problem])
  useEffect(() => {
    if (!shared || !writing || (state.status !== 'signed-out' && state.status !== 'unavailable')) return
    const before = writing.state()
    return writing.subscribe(() => {
      const now = writing.state()
      if (now.kind !== 'saved' || now === before) return
      if (problem.current?.contains(document.activeElement) && cameFrom.current instanceof HTMLElement)
        cameFrom.current.focus()
      setOver(state)
    })
  }, [state, shared, writing, problem])
  return over === state
}

function Problem({ state, formId }: { state: FormState; formId: string }) {
  const { shared } = useContext(SubmissionContext)
  const timeZone = useContext(NewsroomTimeZone)
  // Only the words of a shared document are kept on the device: a reason or a note is on the screen, and nowhere else.
  const isKept = usePageWriting() !== null && shared
  switch (state.status) {
    case 'idle':
    case 'done':
      return null
    case 'signed-out':
      return (
        <p>
          You were signed out. <SignInAgain />, then save again: nothing you typed is lost.
        </p>
      )
    case 'unavailable':
      return (
        <p>
          The newsroom is temporarily unavailable.{' '}
          {isKept ? 'Your text is safe on this device' : 'What you typed is still here'}; try again in a moment.
        </p>
      )
    case 'refused': {
      const fields = state.refusal.kind === 'invalid' ? Object.entries(state.refusal.fields) : []
      return (
        <>
          <p>{refusalSentence(state.refusal, timeZone)}</p>
          {fields.length > 0 && (
            <ul className="wrong-fields">
              {fields.map(([name, errors]) => (
                <li key={name}>
                  <a href={`#${formId}-${name}`}>{errors?.join(' ')}</a>
                </li>
              ))}
            </ul>
          )}
        </>
      )
    }
  }
}
