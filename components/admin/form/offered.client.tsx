'use client'
import { useContext, type ReactNode } from 'react'
import { SubmissionContext } from './form-context'

/** The fields of a form while it is offered; after a refusal they stay, for the words in them are somebody's. */
export function Offered({ when, children }: { when: boolean; children: ReactNode }) {
  const { state } = useContext(SubmissionContext)
  const isRefused = state.status !== 'idle' && state.status !== 'done'
  return when || isRefused ? children : null
}
