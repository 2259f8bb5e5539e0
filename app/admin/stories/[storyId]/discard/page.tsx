import { StoryPage } from '@/components/admin/layout/page'
import { DiscardChanges } from '@/components/admin/story/discard-changes'
import { env } from '@/lib/env'
import { renderStoryPage, type StoryParams } from '../../../render-page'
import { findEditableStory } from '../../editable-story'
import { discard } from './actions'

/** The confirmation before the changes of a draft are discarded. */
export default function DiscardPage({ params }: { params: StoryParams }) {
  return renderStoryPage(params, 'discard', async (actor, storyId) => {
    const found = await findEditableStory(actor, storyId)
    if (found === null) return null
    const { story, liveCopy } = found
    return (
      <StoryPage story={story} titlePrefix="Discard changes to" heading="Discard changes?">
        <DiscardChanges {...{ story, liveCopy }} timeZone={env.timeZone} action={discard} />
      </StoryPage>
    )
  })
}
