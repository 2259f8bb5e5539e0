'use client'
import { useContext, useEffect, useState, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

/** The fields of an action, while it is available. Unsaved or refused input keeps them on the page. */
export function ConditionalFields({ when, children }: { when: boolean; children: ReactNode }) {
  const { state, hasUnsavedChanges } = useContext(SubmissionContext)
  const isRefused = state.status !== 'idle' && state.status !== 'done'
  const [shown, setShown] = useState(when)
  if (when && !shown) setShown(true)
  useEffect(() => {
    if (!when && !hasUnsavedChanges()) setShown(false)
  }, [when, hasUnsavedChanges])
  return shown || isRefused ? children : null
}
