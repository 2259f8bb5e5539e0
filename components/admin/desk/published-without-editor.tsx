import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { Timestamp } from '../layout/timestamp'
import { Submit } from '../../ui/form/submit.client'

type Publication = {
  id: number
  storyId: number
  headline: string
  publishedAt: Date
  publishedByName: string
  reason: string
}
type Props = { publications: Publication[]; timeZone: string; lookOver: FormAction }

/** Stories published without an editor that no editor has looked at yet. */
export function PublishedWithoutEditor({ publications, timeZone, lookOver }: Props) {
  if (publications.length === 0) return null
  return (
    <section className="notice bad stack tight" aria-labelledby="not-looked-over">
      <h2 id="not-looked-over">Published without an editor, not looked at yet</h2>
      <ol className="rows">
        {publications.map(({ id, storyId, headline, publishedAt, publishedByName, reason }) => (
          <li key={id} className="stack tight">
            <p>
              <a className="headline-text" dir="auto" href={routes.admin.story(storyId)}>
                {headline}
              </a>{' '}
              by <bdi>{publishedByName}</bdi> at <Timestamp at={publishedAt} timeZone={timeZone} />
            </p>
            <p className="note" dir="auto">
              {reason}
            </p>
            <ActionForm action={lookOver} label={`Look at ${headline}`}>
              <input type="hidden" name="publicationId" value={id} />
              <Submit variant="small" label={`I have looked at it: ${headline}`}>
                I have looked at it
              </Submit>
            </ActionForm>
          </li>
        ))}
      </ol>
    </section>
  )
}
