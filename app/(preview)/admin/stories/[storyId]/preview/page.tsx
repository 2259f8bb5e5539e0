import { readSite } from '@/app/(reader)/site'
import { renderStoryPage, type StoryParams } from '@/app/admin/render-page'
import { findEditableStory } from '@/app/admin/stories/editable-story'
import { Preview } from '@/components/admin/preview/preview'
import { database } from '@/db/client'
import { correctionsOf } from '@/domain/correction/store'
import { previewNames } from '@/domain/taxonomy/naming'

/** The draft rendered with the readers' components, for those who may edit it. */
export default function PreviewPage({ params }: { params: StoryParams }) {
  return renderStoryPage(params, 'preview', async (actor, storyId) => {
    const found = await findEditableStory(actor, storyId)
    if (found === null) return null
    const { story } = found
    const site = await readSite()
    const [corrections, names] = await Promise.all([
      correctionsOf(database(), story.id),
      previewNames(database(), story.draft),
    ])
    return <Preview {...{ story, corrections, names, site }} now={new Date()} />
  })
}
