import type { ReactNode } from 'react'
import { finishSentences, type Assignee } from '@/domain/stage'
import { finishOf, isFinished, isSentBack, moveToken } from '@/domain/workflow/progress'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import type { Seen } from '../../ui/form/form-context'
import { AssignStory } from './assign-story'
import { CompareLink } from './compare-link'
import { TextAreaField } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Timestamp } from '../layout/timestamp'
import { Stage } from '../layout/stage'
import { ConditionalFields } from '../../ui/form/conditional-fields.client'
import { Submit } from '../../ui/form/submit.client'

/** Actions on the draft's step; null without the permission. */
export type ProgressActions = Record<'handIn' | 'clear' | 'sendBack' | 'assign' | 'take', FormAction | null>

type Props = { story: Story; userId: number; people: Assignee[]; timeZone: string; actions: ProgressActions }

/** The draft's step and assignee, with the actions on them. */
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

/** The note of a draft that was sent back, at the top of its page. */
export function SentBack({ story, timeZone }: { story: Story; timeZone: string }) {
  const { progress } = story
  if (!isSentBack(progress) || progress.moved === null) return null
  return (
    <div className="notice warn stack tight" role="group" aria-label="Sent back with a note">
      <p>
        <b>Sent back by {progress.moved.byName}</b> at <Timestamp at={progress.moved.at} timeZone={timeZone} />
        {progress.assignee && (
          <>
            , to <bdi>{progress.assignee.name}</bdi>
          </>
        )}
        :
      </p>
      <p className="note" dir="auto">
        {progress.note}
      </p>
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
          <p className="note" dir="auto">
            {note}
          </p>
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
type ProgressFormProps = FormProps & { label: string; isAvailable: boolean; seen?: Seen; children: ReactNode }

/** A form that moves the draft. `seenMove` is that of the current page: it belongs to the note that the page shows. */
function ProgressForm({ story, seen, children, ...form }: ProgressFormProps) {
  return (
    <ActionForm {...form} className="stack tight" seen={{ seenStep: story.progress.step, ...seen }} resetOnSuccess>
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenMove" value={moveToken(story.progress)} />
      {children}
    </ActionForm>
  )
}

const seenVersionOf = ({ draft }: Story) => ({ seenVersion: String(draft.version) })

function HandIn({ story, action }: FormProps) {
  const isAvailable = story.progress.step === 'writing' && !isFinished(story)
  return (
    <ProgressForm {...{ story, action, isAvailable }} label="Hand in for review" seen={seenVersionOf(story)}>
      <ConditionalFields when={isAvailable}>
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
    </ProgressForm>
  )
}

function Clear({ story, action }: FormProps) {
  const isAvailable = story.progress.step !== 'ready' && !isFinished(story)
  return (
    <ProgressForm {...{ story, action, isAvailable }} label="Mark as ready" seen={seenVersionOf(story)}>
      {isAvailable && (
        <div className="cluster">
          <Submit variant="small">Mark as ready</Submit>
          <CompareLink story={story} />
        </div>
      )}
    </ProgressForm>
  )
}

function SendBack({ story, action }: FormProps) {
  const isAvailable = story.progress.step !== 'writing' && !isFinished(story)
  return (
    <ProgressForm {...{ story, action, isAvailable }} label="Send back">
      <Disclosure when={isAvailable} summary="Send back with a note…" button="Send back">
        <TextAreaField
          name="note"
          label="What is to be done"
          hint="The writer reads it above the story. Readers never see it."
        />
      </Disclosure>
    </ProgressForm>
  )
}
