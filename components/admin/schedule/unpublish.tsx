import { formatMoment } from '@/domain/time/newsroom-time'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { TextAreaField } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { ConditionalFields } from '../../ui/form/conditional-fields.client'
import { StoryActionForm } from '../story/story-action-form'
import { Submit } from '../../ui/form/submit.client'
import { TimeField } from '../../ui/form/time-field.client'

type Props = { story: Story; timeZone: string; schedule: FormAction; cancel: FormAction }

/** Until when a story stays: folded up, and never without a reason. */
export function Unpublish({ story, timeZone, schedule, cancel }: Props) {
  const isOffered = story.stage === 'live' || story.stage === 'scheduled'
  const unpublish = isOffered ? story.unpublish : null
  return (
    <>
      <StoryActionForm story={story} action={cancel} label="The end" when={unpublish !== null} tight>
        {unpublish && (
          <>
            <input type="hidden" name="seenAt" value={unpublish.at.toISOString()} />
            <input type="hidden" name="timeZone" value={timeZone} />
            <p>
              Will be unpublished on {formatMoment(unpublish.at, timeZone)}, because: <q>{unpublish.reason}</q>
            </p>
            <div className="actions">
              <Submit variant="small">Let it stay</Submit>
            </div>
          </>
        )}
      </StoryActionForm>
      <StoryActionForm story={story} action={schedule} label="Unpublish at a time" when={isOffered}>
        <ConditionalFields when={isOffered}>
          <Disclosure summary={unpublish ? 'Unpublish it at another time…' : 'Unpublish at a time…'}>
            <p className="small-print">
              From then on readers are told that it is gone, by itself. Its words stay here, and it can be published
              again.
            </p>
            <input type="hidden" name="seenAt" value={unpublish?.at.toISOString() ?? ''} />
            <input type="hidden" name="seenReason" value={unpublish?.reason ?? ''} />
            <TimeField label="Is unpublished" timeZone={timeZone} value={unpublish?.at} />
            <TextAreaField
              name="reason"
              label="Why it goes"
              value={unpublish?.reason}
              hint="Kept in the history; readers do not see it."
              rows={2}
            />
            <div className="actions">
              <Submit variant="small">Unpublish at that time</Submit>
            </div>
          </Disclosure>
        </ConditionalFields>
      </StoryActionForm>
    </>
  )
}
