import type { Refusal } from '@/domain/refusal'
import { refusalSentence } from '@/domain/refusal-sentence'
import { routes } from '@/lib/routes'
import { Because, type Why } from './because'

type Props = { why: Why; refusal: Refusal; words: string[] }

/** The answer to a form without script that is not, or not any more, this person's to send: why, what they typed, and a way on. */
export function NotDone({ why, refusal, words }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Because why={why} />
      <p>{refusalSentence(refusal)}</p>
      {words.map((written, at) => (
        <p key={at}>
          You typed: <q className="note">{written}</q>
        </p>
      ))}
      <p>
        <a className="button" href={routes.admin.desk}>
          Go to the desk
        </a>
      </p>
    </main>
  )
}
