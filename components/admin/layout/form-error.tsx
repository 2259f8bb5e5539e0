import type { Refusal } from '@/domain/refusal'
import { refusalSentence } from '@/domain/refusal-sentence'
import { routes } from '@/lib/routes'
import { FormErrorHeading, type FormErrorReason } from './form-error-heading'

type Props = { why: FormErrorReason; refusal: Refusal; words: string[] }

/** The answer to a form without script that is not, or not any more, this person's to send: why, what they typed, and a way on. */
export function FormErrorPage({ why, refusal, words }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <FormErrorHeading why={why} />
      <p>{refusalSentence(refusal)}</p>
      {words.map((value, index) => (
        <p key={index}>
          You typed: <q className="note">{value}</q>
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
