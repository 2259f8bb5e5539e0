import { routes } from '@/lib/routes'
import { Because, type Why } from './because'

type Props = { why: Extract<Why, 'signed out' | 'database away'>; words: string[] }

/** The answer to a form without script that could not be taken: what was typed, if anything was, to be copied and sent once more. */
export function WordsBack({ why, words }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Because why={why} />
      <p>
        Nothing was changed.{' '}
        {words.length === 0
          ? 'Sign in, and do it once more.'
          : `Copy what you typed, ${whatNext[why]}, and send it once more:`}
      </p>
      {words.map((written, at) => (
        <p key={at} className="panel as-typed">
          {written}
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

const whatNext = { 'signed out': 'sign in', 'database away': 'wait a moment' } as const
