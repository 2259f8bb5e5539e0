import type { ReactNode } from 'react'
import type { Refusal } from '@/domain/refusal'
import { refusalSentence } from '@/domain/refusal-sentence'
import { routes } from '@/lib/routes'
import { Page, ToTheDesk } from './page'

/** 404, for what does not exist and for what this user may not see. */
export function NotFound({ children }: { children?: ReactNode }) {
  return (
    <Page title="Not found" heading="There is nothing here for you" status={404}>
      <p>This page does not exist, or it belongs to somebody else. The desk shows every story that is open to you.</p>
      {children}
      <ToTheDesk />
    </Page>
  )
}

/** 503, when the database is unavailable. */
export function Unavailable() {
  return (
    <Page title="Temporarily unavailable" heading="The newsroom is temporarily unavailable" status={503}>
      <p>The database does not answer at the moment. Readers go on reading what is published.</p>
      <p>Try again in a moment by reloading this page. If you were sending a form, reloading sends it again.</p>
    </Page>
  )
}

/** Why the response to a form that was submitted without script has the submitted values alone. */
export type FormErrorReason = keyof typeof formErrors

const formErrors = {
  'signed out': ['You were signed out', 403],
  'not allowed': ['Nothing was changed', 403],
  'not there': ['Nothing was changed', 404],
  'database away': ['The newsroom is temporarily unavailable', 503],
} as const

export function FormErrorPage({ reason, children }: { reason: FormErrorReason; children: ReactNode }) {
  const [title, status] = formErrors[reason]
  return <Page {...{ title, status }}>{children}</Page>
}

type RefusedProps = { reason: FormErrorReason; refusal: Refusal; values: string[] }

/** For a form without script whose user may not submit it, or may no longer: the refusal and the submitted values. */
export function RefusedFormPage({ reason, refusal, values }: RefusedProps) {
  return (
    <FormErrorPage reason={reason}>
      <p>{refusalSentence(refusal)}</p>
      {values.map((value, index) => (
        <p key={index}>
          You typed: <q className="note">{value}</q>
        </p>
      ))}
      <ToTheDesk />
    </FormErrorPage>
  )
}

type SubmittedProps = { reason: Extract<FormErrorReason, 'signed out' | 'database away'>; values: string[] }

/** For a form without script that was not processed: the submitted values, to be copied and sent again. */
export function SubmittedValuesPage({ reason, values }: SubmittedProps) {
  return (
    <FormErrorPage reason={reason}>
      <p>
        Nothing was changed.{' '}
        {values.length === 0
          ? 'Sign in, and do it once more.'
          : `Copy what you typed, ${nextStep[reason]}, and send it once more:`}
      </p>
      {values.map((value, index) => (
        <p key={index} className="panel submitted">
          {value}
        </p>
      ))}
      {reason === 'signed out' ? (
        <p>
          <a className="button" href={routes.signIn}>
            Sign in
          </a>
        </p>
      ) : (
        <ToTheDesk />
      )}
    </FormErrorPage>
  )
}

const nextStep = { 'signed out': 'sign in', 'database away': 'wait a moment' } as const
