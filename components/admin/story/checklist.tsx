import { lengthProblems } from '@/domain/copy/copy-form'
import {
  flawKey,
  flawSentence,
  flawSubject,
  isAcceptable,
  missingForPublication,
  type Flaw,
  type KnownOfFlaws,
} from '@/domain/copy/flaws'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { Submit } from '../../ui/form/submit.client'

type Props = {
  story: Story
  flaws: KnownOfFlaws
  /** Says of a flaw that it is none; null for those who may not publish. */
  accept: FormAction | null
  timeZone: string
}

/** What is missing before the saved draft can be published. */
export function Checklist({ story, flaws, accept, timeZone }: Props) {
  const gaps = missingForPublication(story.draft, flaws)
  const missing = gaps.filter((gap) => typeof gap === 'string').map((gap) => `Add ${gap}`)
  const found = new Map(gaps.filter((gap) => typeof gap !== 'string').map((flaw) => [flawKey(flaw), flaw]))
  const tooLong = Object.values(lengthProblems(story.draft)).flat()
  return (
    <section className="panel stack tight" aria-labelledby="checklist">
      <h2 id="checklist">Before publishing</h2>
      {missing.length + found.size + tooLong.length === 0 ? (
        <p>Nothing is missing{story.draft.body === null ? '; without a body it is published as a headline.' : '.'}</p>
      ) : (
        <ul className="checklist">
          {[...missing, ...tooLong].map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {[...found].map(([key, flaw]) => (
            <li key={key}>
              {flawSentence(flaw, timeZone)}
              {accept && isAcceptable(flaw) && <AcceptFlaw storyId={story.id} flaw={flaw} action={accept} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function AcceptFlaw({ storyId, flaw, action }: { storyId: number; flaw: Flaw; action: FormAction }) {
  return (
    <ActionForm action={action} label={`Accept ${flawSubject(flaw)}`} resetOnSuccess>
      <input type="hidden" name="storyId" value={storyId} />
      <input type="hidden" name="flaw" value={flawKey(flaw)} />
      <Submit variant="small">
        {flaw.kind === 'unresolved' ? 'This is no gap' : 'Publish with it'}
        <span className="visually-hidden">: {flawSubject(flaw)}</span>
      </Submit>
    </ActionForm>
  )
}
