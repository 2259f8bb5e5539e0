import { scheduleOf, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ChoiceField, TextAreaField } from '../../ui/form/field.client'
import { StoryDisclosure } from '../layout/story-action-form'

type Props = {
  story: Story
  isAvailable: boolean
  editorNames: string[]
  action: FormAction
}

/** Publishes a reporter's own story when no editor is available. */
export function PublishAlone({ story, isAvailable, editorNames, action }: Props) {
  return (
    <StoryDisclosure
      story={story}
      action={action}
      label="Publish without an editor"
      when={isAvailable}
      sendsVersion
      summary="Publish without an editor…"
      button="Publish without an editor"
      variant="danger"
    >
      <input type="hidden" name="seenSchedule" value={scheduleOf(story)} />
      <p>
        Only when it cannot wait and no editor can be reached. Readers see it at once, as the draft was last saved: by{' '}
        <bdi>{story.draft.savedByName}</bdi>, version {story.draft.version}. Your name and your reason stand at the top
        of every editor’s desk until one of them has looked at it, and in the history for good.
      </p>
      <TextAreaField name="reason" label="Why it cannot wait" hint="For the editors; readers never see it." rows={2} />
      {editorNames.length > 0 && (
        <ChoiceField
          name="asked"
          label={`${editorNames.join(' and ')} ${editorNames.length === 1 ? 'was' : 'were'} in the newsroom just now. Did you ask?`}
          choices={[
            { value: '', label: 'Not yet' },
            { value: 'yes', label: 'Yes, and it cannot wait' },
          ]}
        />
      )}
    </StoryDisclosure>
  )
}
