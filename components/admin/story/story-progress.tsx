import { finishOf, finishWords, isFinished, isSentBack, moveOf, type Assignee } from '@/domain/step/step'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../form/action-form.client'
import { AssignStory } from './assign-story'
import { ChangesLink } from './changes-link'
import { WordsField } from '../form/field.client'
import { Folded } from '../form/folded.client'
import { Moment } from '../moment'
import { Stage } from './stage'
import { Offered } from '../form/offered.client'
import { Submit } from '../form/submit.client'

/** What this person may do to move a draft on; each null for those who may not. */
export type ProgressActions = Record<'handIn' | 'clear' | 'sendBack' | 'assign' | 'take', FormAction | null>

type Props = { story: Story; userId: number; people: Assignee[]; timeZone: string; actions: ProgressActions }

/** How far a draft is on its way to readers, whose turn it is, and the buttons that move it. */
export function StoryProgress({ story, userId, people, timeZone, actions }: Props) {
  const { handIn, clear, sendBack, assign, take } = actions
  return (
    <section className="panel stack" aria-labelledby="progress">
      <h2 id="progress">In the newsroom</h2>
      <WhereItIs story={story} timeZone={timeZone} isReporter={clear === null} />
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
        <b>Sent back by {progress.moved.byName}</b> at <Moment at={progress.moved.at} timeZone={timeZone} />
        {progress.assignee && <>, to {progress.assignee.name}</>}:
      </p>
      <p className="note">{progress.note}</p>
    </div>
  )
}

function WhereItIs({ story, timeZone, isReporter }: { story: Story; timeZone: string; isReporter: boolean }) {
  const { step, note, moved, assignee } = story.progress
  const finish = finishOf(story)
  const done = finish !== null
  return (
    <div className="stack tight">
      {done ? (
        <p>Nothing is on its way: {finishWords[finish]}</p>
      ) : (
        <p>
          <Stage stage={step} />
        </p>
      )}
      {!done && step !== 'writing' && moved && (
        <p className="small-print">
          {step === 'ready' ? 'Marked ready by' : 'It came from'} {moved.byName} at{' '}
          <Moment at={moved.at} timeZone={timeZone} />.
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
function SeenMove({ story }: { story: Story }) {
  return <input type="hidden" name="seenMove" value={moveOf(story.progress)} />
}

/** What its buttons mean is the step that was seen. */
const seenOf = ({ progress }: Story) => ({ seenStep: progress.step })

function HandIn({ story, action }: FormProps) {
  const offered = story.progress.step === 'writing' && !isFinished(story)
  const seen = { ...seenOf(story), seenVersion: String(story.draft.version) }
  return (
    <ActionForm action={action} label="Hand in for review" className="stack tight" {...{ seen, offered }} afresh>
      <input type="hidden" name="storyId" value={story.id} />
      <SeenMove story={story} />
      <Offered when={offered}>
        <WordsField
          name="note"
          label="Note for the editor"
          hint="If there is something to say. Readers never see it."
          rows={2}
        />
        <div className="actions">
          <Submit look="small">Hand in for review</Submit>
        </div>
      </Offered>
    </ActionForm>
  )
}

function Clear({ story, action }: FormProps) {
  const offered = story.progress.step !== 'ready' && !isFinished(story)
  const seen = { ...seenOf(story), seenVersion: String(story.draft.version) }
  return (
    <ActionForm action={action} label="Mark as ready" className="stack tight" {...{ seen, offered }} afresh>
      <input type="hidden" name="storyId" value={story.id} />
      <SeenMove story={story} />
      {offered && (
        <div className="cluster">
          <Submit look="small">Mark as ready</Submit>
          <ChangesLink story={story} />
        </div>
      )}
    </ActionForm>
  )
}

function SendBack({ story, action }: FormProps) {
  const offered = story.progress.step !== 'writing' && !isFinished(story)
  return (
    <ActionForm action={action} label="Send back" className="stack tight" seen={seenOf(story)} offered={offered} afresh>
      <input type="hidden" name="storyId" value={story.id} />
      <SeenMove story={story} />
      <Offered when={offered}>
        <Folded summary="Send back with a note…">
          <WordsField
            name="note"
            label="What is to be done"
            hint="The writer reads it above the story. Readers never see it."
          />
          <div className="actions">
            <Submit look="small">Send back</Submit>
          </div>
        </Folded>
      </Offered>
    </ActionForm>
  )
}
