'use client'
import { useContext, useEffect, useRef, useState, type RefObject } from 'react'
import { refusalSentence } from '@/domain/refusal-sentence'
import type { FormState } from '@/lib/form-state'
import { SubmissionContext } from './form-context'
import { useOpenDocument } from './form-document'
import { SignInAgain } from './sign-in-again.client'
import { TimeZoneContext } from './time-zone-context.client'

/** The result of the last submission. An error takes the focus; success is announced and leaves the focus where it is. */
export function FormMessage() {
  const { state, formId } = useContext(SubmissionContext)
  const alert = useRef<HTMLDivElement>(null)
  const status = useRef<HTMLDivElement>(null)
  const isResolved = useErrorResolved(alert)
  const [dismissed, setDismissed] = useState<FormState | null>(null)
  useEffect(() => {
    // Submitting another form removes this form's success. A link that is shown only once stays.
    const dismiss = (event: SubmitEvent) => {
      const containsThisForm = event.target instanceof Element && event.target.contains(status.current)
      if (!containsThisForm && !(state.status === 'done' && state.link)) setDismissed(state)
    }
    document.addEventListener('submit', dismiss)
    return () => document.removeEventListener('submit', dismiss)
  }, [state])
  const isError = state.status !== 'idle' && state.status !== 'done' && !isResolved
  return (
    <>
      <div role="status" className="form-message" ref={status}>
        {state.status === 'done' && state !== dismissed && (
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
      {isError && (
        <div role="alert" className="notice bad" tabIndex={-1} ref={alert}>
          <ErrorMessage state={state} formId={formId} />
        </div>
      )}
    </>
  )
}

/**
 * Focuses an error. `signed-out` and `unavailable` are resolved when the page's document is saved again by itself: the message is removed, and
 * the focus returns to where it was.
 */
function useErrorResolved(alert: RefObject<HTMLElement | null>): boolean {
  const { state, shared } = useContext(SubmissionContext)
  const openDocument = useOpenDocument()
  const [resolved, setResolved] = useState<FormState | null>(null)
  const focusedBefore = useRef<Element | null>(null)
  useEffect(() => {
    if (!alert.current) return
    focusedBefore.current = document.activeElement
    alert.current.focus()
  }, [state, alert])
  useEffect(() => {
    if (!shared || !openDocument || (state.status !== 'signed-out' && state.status !== 'unavailable')) return
    const before = openDocument.status()
    return openDocument.subscribe(() => {
      const now = openDocument.status()
      if (now.kind !== 'saved' || now === before) return
      if (alert.current?.contains(document.activeElement) && focusedBefore.current instanceof HTMLElement)
        focusedBefore.current.focus()
      setResolved(state)
    })
  }, [state, shared, openDocument, alert])
  return resolved === state
}

function ErrorMessage({ state, formId }: { state: FormState; formId: string }) {
  const { shared } = useContext(SubmissionContext)
  const timeZone = useContext(TimeZoneContext)
  // Only the fields of a shared document are stored on the device.
  const isStoredLocally = useOpenDocument() !== null && shared
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
    case 'outdated':
      return (
        <p>
          Broadsheet was brought up to date since this page was opened, so nothing was sent.{' '}
          {isStoredLocally ? 'Your text is safe on this device' : 'Copy what you typed'}, then load the page again.
        </p>
      )
    case 'unavailable':
      return (
        <p>
          The newsroom is temporarily unavailable.{' '}
          {isStoredLocally ? 'Your text is safe on this device' : 'What you typed is still here'}; try again in a
          moment.
        </p>
      )
    case 'refused': {
      const fields = state.refusal.kind === 'invalid' ? Object.entries(state.refusal.fields) : []
      return (
        <>
          <p>{refusalSentence(state.refusal, timeZone)}</p>
          {fields.length > 0 && (
            <ul className="field-errors">
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
