'use client'
import { useContext, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

/** The fields of a form in a closed <details>, open while the last submission failed, also without script. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const { state } = useContext(SubmissionContext)
  const isError = state.status !== 'idle' && state.status !== 'done'
  return (
    <details open={isError || undefined}>
      <summary>{summary}</summary>
      <div className="stack tight">{children}</div>
    </details>
  )
}
