import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../form/action-form.client'
import { Moment } from '../moment'
import { Submit } from '../form/submit.client'

type Publication = {
  id: number
  storyId: number
  headline: string
  publishedAt: Date
  publishedByName: string
  reason: string
}
type Props = { publications: Publication[]; timeZone: string; lookOver: FormAction }

/** What went to readers without an editor: loud, until an editor has looked at it. */
export function NotLookedOver({ publications, timeZone, lookOver }: Props) {
  if (publications.length === 0) return null
  return (
    <section className="notice bad stack tight" aria-labelledby="not-looked-over">
      <h2 id="not-looked-over">Published without an editor, not looked at yet</h2>
      <ol className="rows">
        {publications.map(({ id, storyId, headline, publishedAt, publishedByName, reason }) => (
          <li key={id} className="stack tight">
            <p>
              <a className="headline-text" href={routes.admin.story(storyId)}>
                {headline}
              </a>{' '}
              by {publishedByName} at <Moment at={publishedAt} timeZone={timeZone} />
            </p>
            <p className="note">{reason}</p>
            <ActionForm action={lookOver} label={`Look at ${headline}`}>
              <input type="hidden" name="publicationId" value={id} />
              <Submit look="small" label={`I have looked at it: ${headline}`}>
                I have looked at it
              </Submit>
            </ActionForm>
          </li>
        ))}
      </ol>
    </section>
  )
}
