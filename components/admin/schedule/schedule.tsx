import { formatMoment } from '@/domain/time/newsroom-time'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { StoryDisclosure } from '../layout/story-action-form'
import { CancelForm } from './cancel-form'
import { TimeField } from '../../ui/form/time-field.client'

type Props = { story: Story; timeZone: string; schedule: FormAction; cancel: FormAction }

/** Schedules a story, and takes it out of the schedule. */
export function Schedule({ story, timeZone, schedule, cancel }: Props) {
  const isScheduled = story.stage === 'scheduled'
  const isAvailable = story.stage === 'draft' || isScheduled
  return (
    <>
      <StoryDisclosure
        story={story}
        action={schedule}
        label="Schedule"
        when={isAvailable}
        sendsVersion
        summary={isScheduled ? 'Schedule for another time…' : 'Publish at a time…'}
        button="Schedule"
      >
        <p className="small-print">
          Goes out by itself, as the draft was last saved: by <bdi>{story.draft.savedByName}</bdi>, version{' '}
          {story.draft.version}.
        </p>
        <input type="hidden" name="seenAt" value={isScheduled ? story.liveAt.toISOString() : ''} />
        <TimeField label="Day and time" timeZone={timeZone} value={isScheduled ? story.liveAt : null} />
      </StoryDisclosure>
      <CancelForm
        {...{ story, timeZone }}
        action={cancel}
        label="Out of the schedule"
        at={isScheduled ? story.liveAt : null}
        button="Take it out of the schedule"
      >
        {isScheduled && <p>Goes out on {formatMoment(story.liveAt, timeZone)}.</p>}
      </CancelForm>
    </>
  )
}
