import { scheduleOf, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ChoiceField, WordsField } from '../form/field.client'
import { Folded } from '../form/folded.client'
import { Offered } from '../form/offered.client'
import { StoryAct } from './story-act'
import { Submit } from '../form/submit.client'

type Props = {
  story: Story
  isOffered: boolean
  editorsThere: string[]
  action: FormAction
}

/** Publishing by a reporter when no editor is there: folded up, and it says what it does before it does it. */
export function PublishAlone({ story, isOffered, editorsThere, action }: Props) {
  return (
    <StoryAct
      story={story}
      action={action}
      label="Publish without an editor"
      when={isOffered}
      seen={{ seenVersion: String(story.draft.version) }}
    >
      <input type="hidden" name="seenSchedule" value={scheduleOf(story)} />
      <Offered when={isOffered}>
        <Folded summary="Publish without an editor…">
          <p>
            Only when it cannot wait and no editor can be reached. Readers see it at once, as the draft was last saved:
            by {story.draft.savedByName}, version {story.draft.version}. Your name and your reason stand at the top of
            every editor’s desk until one of them has looked at it, and in the history for good.
          </p>
          <WordsField name="reason" label="Why it cannot wait" hint="For the editors; readers never see it." rows={2} />
          {editorsThere.length > 0 && (
            <ChoiceField
              name="asked"
              label={`${editorsThere.join(' and ')} ${editorsThere.length === 1 ? 'was' : 'were'} in the newsroom just now. Did you ask?`}
              choices={[
                { value: '', label: 'Not yet' },
                { value: 'yes', label: 'Yes, and it cannot wait' },
              ]}
            />
          )}
          <div className="actions">
            <Submit look="danger">Publish without an editor</Submit>
          </div>
        </Folded>
      </Offered>
    </StoryAct>
  )
}
