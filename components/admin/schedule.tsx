import { momentInWords, typedTimeOf } from '@/domain/story/newsroom-time'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from './action-form.client'
import { Field } from './field.client'
import { Folded } from './folded.client'
import { Submit } from './submit.client'
import { WhichOfTwo } from './which-of-two.client'

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
        <input type="hidden" name="timeZone" value={timeZone} />
        {isOffered && (
          <Folded summary={isScheduled ? 'Schedule for another time…' : 'Publish at a time…'}>
            <p className="small-print">
              Goes out by itself, as the draft was last saved: by {story.draft.savedByName}, version{' '}
              {story.draft.version}.
            </p>
            <Field
              name="due"
              label="Day and time"
              type="datetime-local"
              step={1}
              value={isScheduled ? typedTimeOf(story.liveAt, timeZone) : ''}
              hint={`In the newsroom’s time, ${timeZone}.`}
              required
            />
            <WhichOfTwo />
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
