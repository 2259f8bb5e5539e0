'use client'
import { useContext, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

/** The fields of a form, folded away until somebody wants them; they stay open while something is wrong with them, also without script. */
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
