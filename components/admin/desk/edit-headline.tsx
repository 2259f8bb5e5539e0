import type { DeskStory } from '@/domain/desk/desk'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { Field } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Submit, SecondarySubmit } from '../../ui/form/submit.client'

type Props = {
  story: DeskStory
  at: string
  save: FormAction
  /** Absent for those who may not publish. */
  publish: FormAction | null
}

/** The headline, changed in its line: into the draft, or for a live story at once for readers, whatever else the draft holds. */
export function EditHeadline({ story, at, save, publish }: Props) {
  const publishes = publish !== null && story.stage === 'live'
  return (
    <ActionForm
      label={`Headline: ${story.headline}`}
      className="edit-headline stack tight"
      action={save}
      secondAction={publishes ? publish : undefined}
      permalink={publishes ? `${at}#story-${story.id}` : undefined}
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
