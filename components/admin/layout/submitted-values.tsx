import { routes } from '@/lib/routes'
import { FormErrorHeading, type FormErrorReason } from './form-error-heading'

type Props = { why: Extract<FormErrorReason, 'signed out' | 'database away'>; words: string[] }

/** The answer to a form without script that could not be taken: what was typed, if anything was, to be copied and sent once more. */
export function SubmittedValuesPage({ why, words }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <FormErrorHeading why={why} />
      <p>
        Nothing was changed.{' '}
        {words.length === 0
          ? 'Sign in, and do it once more.'
          : `Copy what you typed, ${nextStep[why]}, and send it once more:`}
      </p>
      {words.map((value, index) => (
        <p key={index} className="panel as-typed">
          {value}
        </p>
      ))}
      <p>
        <a className="button" href={why === 'signed out' ? routes.signIn : routes.admin.desk}>
          {why === 'signed out' ? 'Sign in' : 'Go to the desk'}
        </a>
      </p>
    </main>
  )
}

const nextStep = { 'signed out': 'sign in', 'database away': 'wait a moment' } as const
