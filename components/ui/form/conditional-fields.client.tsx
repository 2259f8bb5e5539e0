'use client'
import { useContext, useEffect, useState, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

/** The fields of a form while it is offered; with words in them that were not sent, or were refused, they stay: the words are somebody's. */
export function ConditionalFields({ when, children }: { when: boolean; children: ReactNode }) {
  const { state, hasUnsavedChanges: anyTyped } = useContext(SubmissionContext)
  const isRefused = state.status !== 'idle' && state.status !== 'done'
  const [shown, setShown] = useState(when)
  if (when && !shown) setShown(true)
  useEffect(() => {
    if (!when && !anyTyped()) setShown(false)
  }, [when, anyTyped])
  return shown || isRefused ? children : null
}
