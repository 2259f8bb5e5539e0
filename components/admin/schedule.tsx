import { momentInWords } from '@/domain/story/newsroom-time'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from './action-form.client'
import { Folded } from './folded.client'
import { Submit } from './submit.client'
import { TimeField } from './time-field'

type Props = { story: Story; timeZone: string; schedule: FormAction; cancel: FormAction }

/** Publishing at a time: folded up, and never mistaken for publishing now. */
export function Schedule({ story, timeZone, schedule, cancel }: Props) {
  const isScheduled = story.stage === 'scheduled'
  const isOffered = story.stage === 'draft' || isScheduled
  return (
    <>
      <ActionForm
        action={schedule}
        label="Schedule"
        className={isOffered ? 'panel stack' : undefined}
        seen={{ seenVersion: String(story.draft.version) }}
        afresh
      >
        <input type="hidden" name="storyId" value={story.id} />
        {isOffered && (
          <Folded summary={isScheduled ? 'Schedule for another time…' : 'Publish at a time…'}>
            <p className="small-print">
              Goes out by itself, as the draft was last saved: by {story.draft.savedByName}, version{' '}
              {story.draft.version}.
            </p>
            <TimeField label="Day and time" timeZone={timeZone} at={isScheduled ? story.liveAt : null} />
            <div className="actions">
              <Submit look="small">Schedule</Submit>
            </div>
          </Folded>
        )}
      </ActionForm>
      <ActionForm
        action={cancel}
        label="Out of the schedule"
        className={isScheduled ? 'panel stack tight' : undefined}
        afresh
      >
        <input type="hidden" name="storyId" value={story.id} />
        {isScheduled && (
          <>
            <p>Goes out on {momentInWords(story.liveAt, timeZone)}.</p>
            <div className="actions">
              <Submit look="small">Take it out of the schedule</Submit>
            </div>
          </>
        )}
      </ActionForm>
    </>
  )
}
