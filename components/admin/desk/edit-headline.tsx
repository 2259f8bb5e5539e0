import type { DeskStory } from '@/domain/desk/desk'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { Field } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Submit, SecondarySubmit } from '../../ui/form/submit.client'

type Props = {
  story: DeskStory
  address: string
  save: FormAction
  /** Null without the permission to publish. */
  publish: FormAction | null
}

/** Edits a headline in its row: in the draft, or live at once for a live story, without the rest of the draft. */
export function EditHeadline({ story, address, save, publish }: Props) {
  const publishes = publish !== null && story.stage === 'live'
  return (
    <ActionForm
      label={`Headline: ${story.headline}`}
      className="edit-headline stack tight"
      action={save}
      secondAction={publishes ? publish : undefined}
      permalink={publishes ? `${address}#story-${story.id}` : undefined}
      seen={{ seenHeadline: story.headline, seenLive: story.liveHeadline ?? '' }}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <Disclosure
        summary={
          <>
            Edit headline<span className="visually-hidden">: {story.headline}</span>
          </>
        }
      >
        <Field name="headline" label="Headline" value={story.headline} autoComplete="off" hiddenLabel />
        <div className="actions">
          <Submit variant="small">Save in the draft</Submit>
          {publishes && <SecondarySubmit variant="small primary">Publish headline</SecondarySubmit>}
        </div>
      </Disclosure>
    </ActionForm>
  )
}
