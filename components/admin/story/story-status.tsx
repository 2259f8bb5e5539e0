import type { ReactNode } from 'react'
import { hasUnpublishedChanges, isDraftDue, type Story } from '@/domain/story/story'
import { Timestamp } from '../layout/timestamp'
import { Stage } from '../layout/stage'

/** The stage of a story, and what readers see. */
export function StoryStatus({ story, timeZone }: { story: Story; timeZone: string }) {
  const changed = story.stage === 'live' && hasUnpublishedChanges(story)
  return (
    <div className="panel stack tight" role="group" aria-label="Where it stands">
      <p>
        <Stage stage={changed ? 'changed' : story.stage} />
      </p>
      <p>
        {whatReadersSee(story, changed, (at) => (
          <Timestamp at={at} timeZone={timeZone} />
        ))}
      </p>
      <p className="small-print">
        Last saved by <bdi>{story.draft.savedByName}</bdi> at <Timestamp at={story.draft.savedAt} timeZone={timeZone} />
        .
      </p>
    </div>
  )
}

export const liveRevisionPhrases: Record<Exclude<Story['stage'], 'draft'>, string> = {
  scheduled: 'what readers will see',
  live: 'what readers see',
  withdrawn: 'what readers saw',
}

function whatReadersSee(story: Story, changed: boolean, moment: (at: Date) => ReactNode): ReactNode {
  switch (story.stage) {
    case 'draft':
      return 'Readers have not seen it yet.'
    case 'scheduled':
      return (
        <>
          Readers will see it from {moment(story.liveAt)}.{' '}
          {hasUnpublishedChanges(story) &&
            'The draft has changes that are not in what is scheduled: schedule it anew to take them along.'}
        </>
      )
    case 'live':
      return (
        <>
          Live since {moment(story.liveAt)}. {!changed && 'Readers see what the draft says.'}
          {changed && !isDraftDue(story) && 'The draft has changes that readers do not see yet.'}
          {isDraftDue(story) && story.due && <>Readers will see what the draft says from {moment(story.due.at)}.</>}
        </>
      )
    case 'withdrawn':
      return (
        <>
          Withdrawn at {moment(story.withdrawnAt)}, because: <q dir="auto">{story.withdrawnReason}</q> Readers are told
          that it is gone.
        </>
      )
  }
}
