import type { ReactNode } from 'react'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { Submit } from '../../ui/form/submit.client'
import { StoryActionForm } from '../layout/story-action-form'

type Props = {
  story: Story
  action: FormAction
  label: string
  /** The scheduled time; null: nothing is scheduled. */
  at: Date | null
  timeZone: string
  button: string
  children: ReactNode
}

export function CancelForm({ story, action, label, at, timeZone, button, children }: Props) {
  return (
    <StoryActionForm story={story} action={action} label={label} when={at !== null} tight>
      {at && (
        <>
          <input type="hidden" name="seenAt" value={at.toISOString()} />
          <input type="hidden" name="timeZone" value={timeZone} />
          {children}
          <div className="actions">
            <Submit variant="small">{button}</Submit>
          </div>
        </>
      )}
    </StoryActionForm>
  )
}
