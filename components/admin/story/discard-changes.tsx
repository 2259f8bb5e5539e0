import type { Copy } from '@/domain/copy/copy-fields'
import { hasUnpublishedChanges, type Live, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { CompareLink, describeDifference } from './compare-link'
import { Timestamp } from '../layout/timestamp'
import { Submit } from '../../ui/form/submit.client'

type Props = { story: Story; liveCopy: Copy | null; timeZone: string; action: FormAction }

/** Confirms discarding the changes of a draft. */
export function DiscardChanges({ story, liveCopy, timeZone, action }: Props) {
  return (
    <ActionForm action={action} label="Discard changes" className="stack">
      {story.stage === 'live' && liveCopy !== null && hasUnpublishedChanges(story) ? (
        <Confirmation {...{ story, liveCopy, timeZone }} />
      ) : (
        <p>There are no changes to discard: a draft can be put back when its story is live and says something else.</p>
      )}
    </ActionForm>
  )
}

function Confirmation({ story, liveCopy, timeZone }: { story: Live; liveCopy: Copy; timeZone: string }) {
  const { draft } = story
  return (
    <>
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenVersion" value={draft.version} />
      <input type="hidden" name="seenRevision" value={story.liveRevisionId} />
      <p>
        {describeDifference(draft, liveCopy)} It was last saved by <bdi>{draft.savedByName}</bdi> at{' '}
        <Timestamp at={draft.savedAt} timeZone={timeZone} />.
      </p>
      <p>
        <CompareLink story={story} />
      </p>
      {story.due && (
        <p>
          What is scheduled stays in the schedule: readers will see it from{' '}
          <Timestamp at={story.due.at} timeZone={timeZone} />.
        </p>
      )}
      <p className="hint">
        The draft will say what readers see. What is discarded is kept as a version and can be restored; readers notice
        nothing.
      </p>
      <div className="actions">
        <Submit variant="danger">Discard changes</Submit>
        <a className="button quiet" href={routes.admin.story(story.id)}>
          Keep them
        </a>
      </div>
    </>
  )
}
