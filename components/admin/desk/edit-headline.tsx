import type { DeskStory } from '@/domain/desk/desk'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../form/action-form.client'
import { Field } from '../form/field.client'
import { Folded } from '../form/folded.client'
import { Submit, SubmitSecond } from '../form/submit.client'

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
      second={publishes ? publish : undefined}
      at={publishes ? `${at}#story-${story.id}` : undefined}
      seen={{ seenHeadline: story.headline, seenLive: story.liveHeadline ?? '' }}
      afresh
    >
      <input type="hidden" name="storyId" value={story.id} />
      <Folded
        summary={
          <>
            Edit headline<span className="visually-hidden">: {story.headline}</span>
          </>
        }
      >
        <Field name="headline" label="Headline" value={story.headline} autoComplete="off" quietLabel />
        <div className="actions">
          <Submit look="small">Save in the draft</Submit>
          {publishes && <SubmitSecond look="small primary">Publish headline</SubmitSecond>}
        </div>
      </Folded>
    </ActionForm>
  )
}
