import type { Assignee } from '@/domain/stage'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { ChoiceField } from '../../ui/form/field.client'
import { Submit } from '../../ui/form/submit.client'

type Props = {
  story: Story
  userId: number
  /** All active users. */
  people: Assignee[]
  /** For users who may assign to anybody. */
  assign: FormAction | null
  /** For a reporter whose own story is assigned to nobody. */
  take: FormAction | null
}

export function AssignStory({ story, userId, people, assign, take }: Props) {
  const action = assign ?? take
  if (action === null) return null
  const assignee = story.progress.assignee
  return (
    <ActionForm
      action={action}
      label="Assign"
      className="cluster"
      seen={{ seenAssignee: assignee === null ? '' : String(assignee.id) }}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      {assign ? (
        <>
          <ChoiceField
            name="assigneeId"
            label="Assigned to"
            hiddenLabel
            value={assignee === null ? '' : String(assignee.id)}
            choices={[
              { value: '', label: 'Nobody' },
              ...people.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
          <Submit variant="small">Assign</Submit>
        </>
      ) : (
        assignee === null && (
          <>
            <input type="hidden" name="assigneeId" value={userId} />
            <Submit variant="small">Take it</Submit>
          </>
        )
      )}
    </ActionForm>
  )
}
