import { deskStageOf, type DeskStory } from '@/domain/desk/desk'
import { isSentBack } from '@/domain/workflow/progress'
import { can } from '@/domain/user/permission'
import { scheduleOf, withdrawalOf } from '@/domain/story/story'
import type { Actor } from '@/domain/user/user'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { EditHeadline } from './edit-headline'
import { Timestamp } from '../layout/timestamp'
import { Stage } from '../layout/stage'
import { Submit } from '../../ui/form/submit.client'

export type DeskActions = { editHeadline: FormAction; publishHeadline: FormAction; publishSaved: FormAction }

type Props = { story: DeskStory; actor: Actor; address: string; timeZone: string; actions: DeskActions }

/** One story on the desk: its stage, its facts, and the actions on it. */
export function DeskRow({ story, actor, address, timeZone, actions }: Props) {
  const mayEdit = can(actor, 'story.edit', story)
  const mayPublish = can(actor, 'story.publish', story)
  return (
    <li className="desk-row" id={`story-${story.id}`}>
      <Stage stage={deskStageOf(story)} />
      <div className="summary stack tight">
        <a className="headline-text" dir="auto" href={routes.admin.story(story.id)}>
          {story.headline || 'Without a headline'}
        </a>
        {story.changed && story.liveHeadline !== null && story.liveHeadline !== story.headline && (
          <p className="small-print">
            Readers see:{' '}
            <q>
              <bdi>{story.liveHeadline}</bdi>
            </q>
          </p>
        )}
        <p className="small-print facts">
          <bdi>{story.section?.name ?? 'No section yet'}</bdi>
          {story.progress.step !== 'writing' && (
            <span>
              <Stage stage={story.progress.step} />
            </span>
          )}
          {isSentBack(story.progress) && <span>Sent back</span>}
          {story.progress.assignee && (
            <span>
              Assigned to <bdi>{story.progress.assignee.name}</bdi>
            </span>
          )}
          <span>{story.hasBody ? 'Story' : 'Headline only'}</span>
          <span>
            Saved <Timestamp at={story.savedAt} timeZone={timeZone} /> by <bdi>{story.savedByName}</bdi>
          </span>
          {story.liveAt && story.stage === 'live' && (
            <span>
              Live since <Timestamp at={story.liveAt} timeZone={timeZone} />
            </span>
          )}
          <Schedules story={story} timeZone={timeZone} />
          {mayEdit && <a href={routes.admin.storyHistory(story.id)}>History</a>}
          {story.liveAddress && story.stage === 'live' && (
            <a href={routes.story({ id: story.id, ...story.liveAddress })}>View on the portal</a>
          )}
        </p>
      </div>
      {mayPublish && <PublishSaved story={story} action={actions.publishSaved} />}
      {mayEdit && (
        <EditHeadline
          story={story}
          address={address}
          save={actions.editHeadline}
          publish={mayPublish ? actions.publishHeadline : null}
        />
      )}
    </li>
  )
}

/** Scheduled changes and the embargo. */
function Schedules({ story, timeZone }: { story: DeskStory; timeZone: string }) {
  const { stage, liveAt, dueAt, unpublishAt, embargoUntil } = story
  return (
    <>
      {embargoUntil && embargoUntil > new Date() && (
        <strong className="embargoed">
          Embargoed until <Timestamp at={embargoUntil} timeZone={timeZone} />
        </strong>
      )}
      {stage === 'scheduled' && liveAt && (
        <span>
          Goes live <Timestamp at={liveAt} timeZone={timeZone} />
        </span>
      )}
      {dueAt && (
        <span>
          Changes go live <Timestamp at={dueAt} timeZone={timeZone} />
        </span>
      )}
      {unpublishAt && (
        <span>
          Is unpublished <Timestamp at={unpublishAt} timeZone={timeZone} />
        </span>
      )}
    </>
  )
}

/** Publishes the draft as it was last saved. With nothing to publish, the form shows its result only. */
function PublishSaved({ story, action }: { story: DeskStory; action: FormAction }) {
  const toPublish = story.stage === 'draft' || (story.stage === 'live' && story.changed)
  const what = story.stage === 'draft' ? 'Publish' : 'Publish changes'
  return (
    <ActionForm
      action={action}
      seen={{ seenVersion: String(story.version) }}
      resetOnSuccess
      label={`Publishing: ${story.headline}`}
      className="publish-saved stack tight"
    >
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenWithdrawal" value={withdrawalOf(story)} />
      <input type="hidden" name="seenSchedule" value={scheduleOf(story)} />
      {toPublish && story.section === null && <p className="small-print">To publish, choose a section.</p>}
      {toPublish && story.section !== null && (
        <Submit variant="small" label={`${what}: ${story.headline}`}>
          {what}
        </Submit>
      )}
    </ActionForm>
  )
}
