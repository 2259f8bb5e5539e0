import type { Assignee } from '@/domain/stage'
import { finishOf, finishSentences, isFinished, isSentBack, moveToken } from '@/domain/workflow/progress'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { AssignStory } from './assign-story'
import { CompareLink } from './compare-link'
import { TextAreaField } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Timestamp } from '../layout/timestamp'
import { Stage } from './stage'
import { ConditionalFields } from '../../ui/form/conditional-fields.client'
import { Submit } from '../../ui/form/submit.client'

/** What this person may do to move a draft on; each null for those who may not. */
export type ProgressActions = Record<'handIn' | 'clear' | 'sendBack' | 'assign' | 'take', FormAction | null>

type Props = { story: Story; userId: number; people: Assignee[]; timeZone: string; actions: ProgressActions }

/** How far a draft is on its way to readers, whose turn it is, and the buttons that move it. */
export function StoryProgress({ story, userId, people, timeZone, actions }: Props) {
  const { handIn, clear, sendBack, assign, take } = actions
  return (
    <section className="panel stack" aria-labelledby="progress">
      <h2 id="progress">In the newsroom</h2>
      <ProgressSummary story={story} timeZone={timeZone} isReporter={clear === null} />
      {handIn && <HandIn story={story} action={handIn} />}
      {clear && <Clear story={story} action={clear} />}
      {sendBack && <SendBack story={story} action={sendBack} />}
      <AssignStory {...{ story, userId, people, assign, take }} />
    </section>
  )
}

/** Why a draft was sent back: the first thing its writer reads. */
export function SentBack({ story, timeZone }: { story: Story; timeZone: string }) {
  const { progress } = story
  if (!isSentBack(progress) || progress.moved === null) return null
  return (
    <div className="notice warn stack tight" role="group" aria-label="Sent back with a note">
      <p>
        <b>Sent back by {progress.moved.byName}</b> at <Timestamp at={progress.moved.at} timeZone={timeZone} />
        {progress.assignee && <>, to {progress.assignee.name}</>}:
      </p>
      <p className="note">{progress.note}</p>
    </div>
  )
}

function ProgressSummary({ story, timeZone, isReporter }: { story: Story; timeZone: string; isReporter: boolean }) {
  const { step, note, moved, assignee } = story.progress
  const finish = finishOf(story)
  const done = finish !== null
  return (
    <div className="stack tight">
      {done ? (
        <p>Nothing is on its way: {finishSentences[finish]}</p>
      ) : (
        <p>
          <Stage stage={step} />
        </p>
      )}
      {!done && step !== 'writing' && moved && (
        <p className="small-print">
          {step === 'ready' ? 'Marked ready by' : 'It came from'} {moved.byName} at{' '}
          <Timestamp at={moved.at} timeZone={timeZone} />.
        </p>
      )}
      {!done && step === 'for-review' && note !== null && moved && (
        <div className="stack tight">
          <p className="small-print">{moved.byName} wrote with it:</p>
          <p className="note">{note}</p>
        </div>
      )}
      {!done && step === 'ready' && isReporter && (
        <p className="small-print">If you change it now, it goes back for review.</p>
      )}
      <p className="small-print">{assignee ? `Assigned to ${assignee.name}.` : 'Assigned to nobody.'}</p>
    </div>
  )
}

type FormProps = { story: Story; action: FormAction }

/** Not among what is seen, which stays as the page was opened: it goes with the note that stands on the page now. */
function SeenMoveField({ story }: { story: Story }) {
  return <input type="hidden" name="seenMove" value={moveToken(story.progress)} />
}

/** What its buttons mean is the step that was seen. */
const seenStepOf = ({ progress }: Story) => ({ seenStep: progress.step })

function HandIn({ story, action }: FormProps) {
  const offered = story.progress.step === 'writing' && !isFinished(story)
  const seen = { ...seenStepOf(story), seenVersion: String(story.draft.version) }
  return (
    <ActionForm
      action={action}
      label="Hand in for review"
      className="stack tight"
      {...{ seen, isAvailable: offered }}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <SeenMoveField story={story} />
      <ConditionalFields when={offered}>
        <TextAreaField
          name="note"
          label="Note for the editor"
          hint="If there is something to say. Readers never see it."
          rows={2}
        />
        <div className="actions">
          <Submit variant="small">Hand in for review</Submit>
        </div>
      </ConditionalFields>
    </ActionForm>
  )
}

function Clear({ story, action }: FormProps) {
  const offered = story.progress.step !== 'ready' && !isFinished(story)
  const seen = { ...seenStepOf(story), seenVersion: String(story.draft.version) }
  return (
    <ActionForm
      action={action}
      label="Mark as ready"
      className="stack tight"
      {...{ seen, isAvailable: offered }}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <SeenMoveField story={story} />
      {offered && (
        <div className="cluster">
          <Submit variant="small">Mark as ready</Submit>
          <CompareLink story={story} />
        </div>
      )}
    </ActionForm>
  )
}

function SendBack({ story, action }: FormProps) {
  const offered = story.progress.step !== 'writing' && !isFinished(story)
  return (
    <ActionForm
      action={action}
      label="Send back"
      className="stack tight"
      seen={seenStepOf(story)}
      isAvailable={offered}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <SeenMoveField story={story} />
      <ConditionalFields when={offered}>
        <Disclosure summary="Send back with a note…">
          <TextAreaField
            name="note"
            label="What is to be done"
            hint="The writer reads it above the story. Readers never see it."
          />
          <div className="actions">
            <Submit variant="small">Send back</Submit>
          </div>
        </Disclosure>
      </ConditionalFields>
    </ActionForm>
  )
}
