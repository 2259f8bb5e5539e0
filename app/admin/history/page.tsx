import { HistoryFiles } from '@/components/admin/history/history-files'
import { HistoryList } from '@/components/admin/history/history-list'
import { NotFound } from '@/components/admin/layout/error-pages'
import { Pager } from '@/components/admin/layout/pager'
import { Page } from '@/components/admin/layout/page'
import { findHistory } from '@/domain/history/queries'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { parseCursor, type SearchParams } from '../params'
import { renderPage } from '../render-page'

/** The history of the whole newsroom. */
export default function HistoryPage({ searchParams }: { searchParams: SearchParams }) {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.history)
    if (!can(actor, 'history.see')) return <NotFound />
    const before = await parseCursor(searchParams)
    const { entries, olderCursor } = await findHistory({ storyId: null, before })
    return (
      <Page title="History" heading="History of the newsroom">
        <HistoryFiles csv={routes.admin.historyFile('csv')} json={routes.admin.historyFile('json')} />
        <HistoryList entries={entries} timeZone={env.timeZone} linksToStories />
        <Pager
          label="More history"
          first={before === null ? null : routes.admin.history}
          next={olderCursor && routes.before(routes.admin.history, olderCursor)}
        />
      </Page>
    )
  })
}
