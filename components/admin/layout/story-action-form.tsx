import type { ReactNode } from 'react'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import type { Seen } from '../../ui/form/form-context'

type Props = {
  story: Story
  action: FormAction
  label?: string
  /** Whether there is something to do now: else the form stays for its answer, and is no panel. */
  when: boolean
  tight?: boolean
  seen?: Seen
  children: ReactNode
}

/** Something that can be done with a story beside writing it: a panel of its own. */
export function StoryActionForm({ story, when, tight = false, children, ...form }: Props) {
  return (
    <ActionForm
      {...form}
      className={when ? `panel stack${tight ? ' tight' : ''}` : undefined}
      isAvailable={when}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      {children}
    </ActionForm>
  )
}
