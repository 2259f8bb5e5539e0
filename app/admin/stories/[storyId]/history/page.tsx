import { HistoryFiles } from '@/components/admin/history/history-files'
import { HistoryList } from '@/components/admin/history/history-list'
import { StoryPage } from '@/components/admin/layout/page'
import { Pager } from '@/components/admin/layout/pager'
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
    const { entries, olderCursor } = await findHistory({ storyId, before })
    const address = routes.admin.storyHistory(storyId)
    return (
      <StoryPage story={found.story} titlePrefix="History of" heading="History">
        <HistoryFiles
          csv={routes.admin.storyHistoryFile(storyId, 'csv')}
          json={routes.admin.storyHistoryFile(storyId, 'json')}
        />
        <HistoryList entries={entries} timeZone={env.timeZone} linksToStories={false} />
        <Pager
          label="More history"
          first={before === null ? null : address}
          next={olderCursor && routes.before(address, olderCursor)}
        />
      </StoryPage>
    )
  })
}
