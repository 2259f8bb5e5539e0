import { formatMoment } from '@/domain/time/newsroom-time'
import { hasUnpublishedChanges, isDraftDue, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { Disclosure } from '../../ui/form/disclosure.client'
import { ConditionalFields } from '../../ui/form/conditional-fields.client'
import { StoryActionForm } from '../story/story-action-form'
import { Submit } from '../../ui/form/submit.client'
import { TimeField } from '../../ui/form/time-field.client'

type Props = {
  story: Story
  /** The version that is scheduled, by its number; null where none is. */
  dueNumber: number | null
  timeZone: string
  schedule: FormAction
  cancel: FormAction
}

/** Publishing the changes of a live story at a time: what is scheduled, and what the draft says now. */
export function ScheduleChanges({ story, dueNumber, timeZone, schedule, cancel }: Props) {
  const due = story.stage === 'live' ? story.due : null
  const isOffered = story.stage === 'live' && hasUnpublishedChanges(story)
  return (
    <>
      <StoryActionForm story={story} action={cancel} label="Scheduled changes" when={due !== null} tight>
        {due && (
          <>
            <input type="hidden" name="seenAt" value={due.at.toISOString()} />
            <input type="hidden" name="timeZone" value={timeZone} />
            <p>
              Readers will see version {dueNumber} from {formatMoment(due.at, timeZone)}. Published earlier by hand,
              something else takes its place.
            </p>
            <p className="cluster">
              <a href={routes.admin.compared(story.id, 'live', dueNumber ?? 'draft')}>What will change for readers</a>
              <a href={routes.admin.compared(story.id, dueNumber ?? 'live', 'draft')}>Compare it with the draft</a>
            </p>
            <div className="actions">
              <Submit variant="small">Take the changes out of the schedule</Submit>
            </div>
          </>
        )}
      </StoryActionForm>
      <StoryActionForm
        story={story}
        action={schedule}
        label="Schedule the changes"
        when={isOffered}
        seen={{ seenVersion: String(story.draft.version) }}
      >
        <ConditionalFields when={isOffered}>
          <Disclosure summary={summaryOf(story, due !== null)}>
            <p className="small-print">
              The draft takes the place of what readers see, by itself, as it was last saved: by{' '}
              {story.draft.savedByName}.
            </p>
            <input type="hidden" name="seenAt" value={due?.at.toISOString() ?? ''} />
            <TimeField label="Changes go live" timeZone={timeZone} value={due?.at} />
            <div className="actions">
              <Submit variant="small">Schedule the changes</Submit>
            </div>
          </Disclosure>
        </ConditionalFields>
      </StoryActionForm>
    </>
  )
}

function summaryOf(story: Story, isScheduled: boolean): string {
  if (isDraftDue(story)) return 'Schedule the changes for another time…'
  return isScheduled ? 'Schedule the draft instead…' : 'Publish the changes at a time…'
}
