import type { Copy } from '@/domain/copy/copy-fields'
import { hasUnpublishedChanges, type Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { CompareLink } from './compare-link'
import { Submit } from '../../ui/form/submit.client'

type Props = {
  story: Story
  /** What readers see; null if the story was never live. */
  liveCopy: Copy | null
  /** Null without the permission to publish. */
  publishHeadline: FormAction | null
}

/** The unpublished changes of a live story: compare, discard, or publish the headline alone. */
export function UnpublishedChanges({ story, liveCopy, publishHeadline }: Props) {
  const isChanged = story.stage === 'live' && hasUnpublishedChanges(story)
  if (!isChanged && publishHeadline === null) return null
  return (
    <div {...(isChanged && { className: 'panel stack tight', role: 'group', 'aria-label': 'Unpublished changes' })}>
      {isChanged && (
        <p className="cluster">
          <CompareLink story={story} />
          <a href={routes.admin.discard(story.id)}>Discard changes…</a>
        </p>
      )}
      {publishHeadline && <OnlyTheHeadline {...{ story, liveCopy }} action={publishHeadline} />}
    </div>
  )
}

type HeadlineProps = { story: Story; liveCopy: Copy | null; action: FormAction }

/** Publishes the draft's headline alone. Once it is published, the form shows its result only. */
function OnlyTheHeadline({ story, liveCopy, action }: HeadlineProps) {
  const { headline } = story.draft
  const isAvailable = story.stage === 'live' && liveCopy !== null && liveCopy.headline !== headline && headline !== ''
  return (
    <ActionForm
      action={action}
      label="Only the headline"
      className={isAvailable ? 'stack tight' : undefined}
      isAvailable={isAvailable}
      resetOnSuccess
    >
      <input type="hidden" name="storyId" value={story.id} />
      <input type="hidden" name="seenHeadline" value={headline} />
      {isAvailable && (
        <>
          <p className="small-print">
            The headline as it was last saved, “{headline}”, can go to readers alone. The rest of the draft stays as it
            is.
          </p>
          <div>
            <Submit variant="small">Publish only the headline</Submit>
          </div>
        </>
      )}
    </ActionForm>
  )
}
