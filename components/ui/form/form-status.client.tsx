'use client'
import { useContext } from 'react'
import { SubmissionContext } from './form-context'

/** The HTTP status of a refused form without script: the front door reads it from the document and sends it. */
export function FormStatus() {
  const { state } = useContext(SubmissionContext)
  if (state.status === 'unavailable') return <meta name="page-status" content="503" />
  if (state.status !== 'refused') return null
  switch (state.refusal.kind) {
    case 'too-many-tries':
      return <meta name="page-status" content="429" />
    case 'wrong-password':
    case 'not-permitted':
      return <meta name="page-status" content="403" />
    case 'used-link':
    case 'already-set-up':
      return <meta name="page-status" content="410" />
    case 'not-found':
      return <meta name="page-status" content="404" />
    default:
      return <meta name="page-status" content="422" />
  }
}
