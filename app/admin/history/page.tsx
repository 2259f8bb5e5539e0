import { HistoryFiles } from '@/components/admin/history/history-files'
import { HistoryList } from '@/components/admin/history/history-list'
import { NotFound } from '@/components/admin/layout/not-found'
import { Pager } from '@/components/admin/layout/pager'
import { Title } from '@/components/admin/layout/title'
import { findHistory } from '@/domain/history/queries'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { parseCursor, type SearchParams } from '../cursor-param'

/** Everything that happened in the newsroom. */
export default function HistoryPage({ searchParams }: { searchParams: SearchParams }) {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.history)
    if (!can(actor, 'history.see')) return <NotFound />
    const before = await parseCursor(searchParams)
    const { entries, olderCursor } = await findHistory({ storyId: null, before })
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>History</Title>
        <h1>History of the newsroom</h1>
        <HistoryFiles csv={routes.admin.historyFile('csv')} json={routes.admin.historyFile('json')} />
        <HistoryList entries={entries} timeZone={env.timeZone} linksToStories />
        <Pager
          label="More history"
          older={olderCursor && routes.before(routes.admin.history, olderCursor)}
          newest={before === null ? null : routes.admin.history}
        />
      </main>
    )
  })
}
