import { formatMoment } from '@/domain/time/newsroom-time'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { TextAreaField } from '../../ui/form/field.client'
import { StoryDisclosure } from '../layout/story-action-form'
import { CancelForm } from './cancel-form'
import { TimeField } from '../../ui/form/time-field.client'

type Props = { story: Story; timeZone: string; schedule: FormAction; cancel: FormAction }

/** Schedules the end of a story with a reason, and cancels it. */
export function Unpublish({ story, timeZone, schedule, cancel }: Props) {
  const isAvailable = story.stage === 'live' || story.stage === 'scheduled'
  const unpublish = isAvailable ? story.unpublish : null
  return (
    <>
      <CancelForm
        {...{ story, timeZone }}
        action={cancel}
        label="The end"
        at={unpublish?.at ?? null}
        button="Let it stay"
      >
        {unpublish && (
          <p>
            Will be unpublished on {formatMoment(unpublish.at, timeZone)}, because: <q dir="auto">{unpublish.reason}</q>
          </p>
        )}
      </CancelForm>
      <StoryDisclosure
        story={story}
        action={schedule}
        label="Unpublish at a time"
        when={isAvailable}
        summary={unpublish ? 'Unpublish it at another time…' : 'Unpublish at a time…'}
        button="Unpublish at that time"
      >
        <p className="small-print">
          From then on readers are told that it is gone, by itself. Its words stay here, and it can be published again.
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
      </StoryDisclosure>
    </>
  )
}
