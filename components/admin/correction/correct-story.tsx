import { correctionKinds, correctionNames } from '@/domain/correction/correction'
import type { Copy } from '@/domain/copy/copy-fields'
import { hasUnpublishedChanges, type Live, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { CompareLink, describeDifference } from '../story/compare-link'
import { ChoiceField, TextAreaField } from '../../ui/form/field.client'
import { ConditionalFields } from '../../ui/form/conditional-fields.client'
import { Submit } from '../../ui/form/submit.client'

/** `seenNote`: the id of the story's last note; 0 without one. */
type Props = { story: Story; liveCopy: Copy | null; seenNote: number; action: FormAction }

export const kindChoices = correctionKinds.map((kind) => ({ value: kind, label: correctionNames[kind].label }))

const NOTE_LABEL = 'What readers should know'

/** Publishes a correction, with or without the changes of the draft. */
export function CorrectStory({ story, liveCopy, seenNote, action }: Props) {
  return (
    <ActionForm action={action} label="Correction" className="stack">
      {story.stage === 'live' && liveCopy !== null ? (
        <CorrectionFields {...{ story, liveCopy, seenNote }} />
      ) : (
        <>
          <p>Only a live story can be corrected: readers must have seen what was wrong.</p>
          <ConditionalFields when={false}>
            <TextAreaField name="words" label={NOTE_LABEL} rows={4} />
          </ConditionalFields>
        </>
      )}
    </ActionForm>
  )
}

function CorrectionFields({ story, liveCopy, seenNote }: { story: Live; liveCopy: Copy; seenNote: number }) {
  const { draft } = story
  return (
    <>
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenVersion" value={draft.version} />
      <input type="hidden" name="seenRevision" value={story.liveRevisionId} />
      <input type="hidden" name="seenNote" value={seenNote} />
      <ChoiceField
        name="kind"
        label="Kind of note"
        value="correction"
        choices={kindChoices}
        hint="A retraction stands above the story, and marks it as retracted wherever its headline stands. It does not take the story away: to do that, withdraw it."
      />
      <TextAreaField
        name="words"
        label={NOTE_LABEL}
        rows={4}
        hint="What was wrong, and what is right. It stands below the story, in the list of corrections and in its feed. To put it where the mistake stood, choose “Correction note” in the story’s body afterwards, and publish the changes."
      />
      {hasUnpublishedChanges(story) ? (
        <ChangesChoice {...{ story, liveCopy }} />
      ) : (
        <p className="hint">The draft says what readers see, so nothing but the note is published.</p>
      )}
      <p className="hint">
        The story will say “Updated” with the time of now. For a slip that readers need not know of, publish the changes
        without a note: then no time changes.
      </p>
      <div className="actions">
        <Submit>Publish the correction</Submit>
        <a className="button quiet" href={routes.admin.story(story.id)}>
          Back to the story
        </a>
      </div>
    </>
  )
}

function ChangesChoice({ story, liveCopy }: { story: Live; liveCopy: Copy }) {
  return (
    <div className="stack tight">
      <ChoiceField
        name="changes"
        label="Changes of the draft"
        value="publish"
        choices={[
          { value: 'publish', label: 'Publish them with the note' },
          { value: 'leave', label: 'Publish only the note' },
        ]}
        hint={describeDifference(story.draft, liveCopy)}
      />
      <p>
        <CompareLink story={story} />
      </p>
    </div>
  )
}
