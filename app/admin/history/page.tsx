import { HistoryList } from '@/components/admin/history/history-list'
import { Page } from '@/components/admin/layout/page'
import { findHistory } from '@/domain/history/queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { parseCursor, type SearchParams } from '../params'
import { renderAreaPage } from '../render-page'

/** The history of the whole newsroom. */
export default function HistoryPage({ searchParams }: { searchParams: SearchParams }) {
  return renderAreaPage(routes.admin.history, 'history.see', async () => {
    const before = await parseCursor(searchParams)
    const listed = await findHistory({ storyId: null, before })
    const { history: address, historyFile: fileAddress } = routes.admin
    return (
      <Page title="History" heading="History of the newsroom">
        <HistoryList {...{ ...listed, before, address, fileAddress }} timeZone={env.timeZone} linksToStories />
      </Page>
    )
  })
}
