import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { TextAreaField } from '../../ui/form/field.client'
import { StoryDisclosure } from '../layout/story-action-form'

/** Withdraws a live story, with a reason. */
export function Withdraw({ story, action }: { story: Story; action: FormAction }) {
  const isLive = story.stage === 'live'
  return (
    <StoryDisclosure
      story={story}
      action={action}
      label="Withdraw"
      when={isLive}
      summary="Withdraw this story…"
      button="Withdraw now"
      variant="danger"
    >
      <p className="small-print">
        Readers lose it at once, everywhere; its address tells them that it is gone. Its words stay here, and it can be
        published again.
      </p>
      <TextAreaField name="reason" label="Reason" hint="Kept in the history; readers do not see it." rows={2} />
    </StoryDisclosure>
  )
}
