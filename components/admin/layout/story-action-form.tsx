import type { ReactNode } from 'react'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { Disclosure } from '../../ui/form/disclosure.client'

type Props = {
  story: Story
  action: FormAction
  label: string
  /** The action is available. Without it the form is no panel, and shows only its result. */
  when: boolean
  tight?: boolean
  /** The form sends the draft's version, which the user saw. */
  sendsVersion?: boolean
  children: ReactNode
}

/** An action on a story beside the story's form: a panel of its own. */
export function StoryActionForm({ story, when, tight = false, sendsVersion = false, children, ...form }: Props) {
  return (
    <ActionForm
      {...form}
      className={when ? `panel stack${tight ? ' tight' : ''}` : undefined}
      seen={sendsVersion ? { seenVersion: String(story.draft.version) } : undefined}
      isAvailable={when}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      {children}
    </ActionForm>
  )
}

type DisclosureProps = Props & { summary: string; button: string; variant?: string }

/** A <StoryActionForm> with its fields in a <Disclosure>. */
export function StoryDisclosure({ summary, button, variant, children, ...form }: DisclosureProps) {
  return (
    <StoryActionForm {...form}>
      <Disclosure when={form.when} {...{ summary, button, variant }}>
        {children}
      </Disclosure>
    </StoryActionForm>
  )
}
