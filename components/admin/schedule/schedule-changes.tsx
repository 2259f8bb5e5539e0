import { formatMoment } from '@/domain/time/newsroom-time'
import { hasUnpublishedChanges, isDraftDue, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { StoryDisclosure } from '../layout/story-action-form'
import { CancelForm } from './cancel-form'
import { TimeField } from '../../ui/form/time-field.client'

type Props = {
  story: Story
  /** The number of the scheduled revision; null without one. */
  dueNumber: number | null
  timeZone: string
  schedule: FormAction
  cancel: FormAction
}

/** Schedules the changes of a live story, and cancels scheduled ones. */
export function ScheduleChanges({ story, dueNumber, timeZone, schedule, cancel }: Props) {
  const due = story.stage === 'live' ? story.due : null
  const isAvailable = story.stage === 'live' && hasUnpublishedChanges(story)
  return (
    <>
      <CancelForm
        {...{ story, timeZone }}
        action={cancel}
        label="Scheduled changes"
        at={due?.at ?? null}
        button="Take the changes out of the schedule"
      >
        {due && (
          <>
            <p>
              Readers will see version {dueNumber} from {formatMoment(due.at, timeZone)}. Published earlier by hand,
              something else takes its place.
            </p>
            <p className="cluster">
              <a href={routes.admin.compared(story.id, 'live', dueNumber ?? 'draft')}>What will change for readers</a>
              <a href={routes.admin.compared(story.id, dueNumber ?? 'live', 'draft')}>Compare it with the draft</a>
            </p>
          </>
        )}
      </CancelForm>
      <StoryDisclosure
        story={story}
        action={schedule}
        label="Schedule the changes"
        when={isAvailable}
        sendsVersion
        summary={summaryOf(story, due !== null)}
        button="Schedule the changes"
      >
        <p className="small-print">
          The draft takes the place of what readers see, by itself, as it was last saved: by{' '}
          <bdi>{story.draft.savedByName}</bdi>.
        </p>
        <input type="hidden" name="seenAt" value={due?.at.toISOString() ?? ''} />
        <TimeField label="Changes go live" timeZone={timeZone} value={due?.at} />
      </StoryDisclosure>
    </>
  )
}

function summaryOf(story: Story, isScheduled: boolean): string {
  if (isDraftDue(story)) return 'Schedule the changes for another time…'
  return isScheduled ? 'Schedule the draft instead…' : 'Publish the changes at a time…'
}
