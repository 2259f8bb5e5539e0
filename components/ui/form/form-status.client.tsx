'use client'
import { useContext } from 'react'
import type { Refusal } from '@/domain/refusal'
import { SubmissionContext } from './form-context'

const statuses: Partial<Record<Refusal['kind'], string>> = {
  'too-many-tries': '429',
  busy: '503',
  'wrong-password': '403',
  'not-permitted': '403',
  'used-link': '410',
  'already-set-up': '410',
  'not-found': '404',
}

/** The HTTP status of a refused form without script, and how long it must wait: the front door reads it from the document and sends it. */
export function FormStatus() {
  const { state } = useContext(SubmissionContext)
  if (state.status === 'unavailable') return <meta name="page-status" content="503" />
  if (state.status !== 'refused') return null
  const { refusal } = state
  return (
    <>
      <meta name="page-status" content={statuses[refusal.kind] ?? '422'} />
      {'retryAfterSeconds' in refusal && <meta name="page-retry-after" content={String(refusal.retryAfterSeconds)} />}
    </>
  )
}
