import { HistoryFiles } from '@/components/admin/history-files'
import { HistoryList } from '@/components/admin/history-list'
import { NotHere } from '@/components/admin/not-here'
import { Pager } from '@/components/admin/pager'
import { Title } from '@/components/admin/title'
import { recallHistory } from '@/domain/history/recalling'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'
import { askedPlace, type AskedFor } from '../asked-place'

/** Everything that happened in the newsroom. */
export default function HistoryPage({ searchParams }: { searchParams: AskedFor }) {
  return answered(async () => {
    const actor = await requireActor(routes.admin.history)
    if (!can(actor, 'history.see')) return <NotHere />
    const before = await askedPlace(searchParams)
    const { lines, olderPlace } = await recallHistory({ storyId: null, before })
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>History</Title>
        <h1>History of the newsroom</h1>
        <HistoryFiles csv={routes.admin.historyFile('csv')} json={routes.admin.historyFile('json')} />
        <HistoryList lines={lines} timeZone={env.timeZone} linked />
        <Pager
          label="More history"
          older={olderPlace && routes.before(routes.admin.history, olderPlace)}
          newest={before === null ? null : routes.admin.history}
        />
      </main>
    )
  })
}
