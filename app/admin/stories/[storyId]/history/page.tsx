import { HistoryList } from '@/components/admin/history/history-list'
import { StoryPage } from '@/components/admin/layout/page'
import { findHistory } from '@/domain/history/queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { parseCursor, type SearchParams } from '../../../params'
import { renderStoryPage, type StoryParams } from '../../../render-page'
import { findEditableStory } from '../../editable-story'

type Props = { params: StoryParams; searchParams: SearchParams }

/** The history of one story, for those who may edit it. */
export default function StoryHistoryPage({ params, searchParams }: Props) {
  return renderStoryPage(params, 'history', async (actor, storyId) => {
    const found = await findEditableStory(actor, storyId)
    if (found === null) return null
    const before = await parseCursor(searchParams)
    const listed = await findHistory({ storyId, before })
    const address = routes.admin.storyHistory(storyId)
    const fileAddress = (format: string) => routes.admin.storyHistoryFile(storyId, format)
    return (
      <StoryPage story={found.story} titlePrefix="History of" heading="History">
        <HistoryList {...{ ...listed, before, address, fileAddress }} timeZone={env.timeZone} />
      </StoryPage>
    )
  })
}
