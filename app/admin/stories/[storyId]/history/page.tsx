import { HistoryFiles } from '@/components/admin/history/history-files'
import { HistoryList } from '@/components/admin/history/history-list'
import { NotFound } from '@/components/admin/layout/not-found'
import { Pager } from '@/components/admin/layout/pager'
import { Title } from '@/components/admin/layout/title'
import { findHistory } from '@/domain/history/queries'
import { findStory } from '@/domain/desk/queries'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../../render-page'
import { parseId } from '../../../id-param'
import { parseCursor, type SearchParams } from '../../../cursor-param'

type Props = { params: Promise<{ storyId: string }>; searchParams: SearchParams }

/** Everything that happened to one story, for those who may write in it. */
export default function StoryHistoryPage({ params, searchParams }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/history`)
    const id = parseId(storyId)
    const found = id === null ? null : await findStory(actor, id)
    if (found === null || !can(actor, 'story.edit', found.story)) return <NotFound />
    const { story } = found
    const before = await parseCursor(searchParams)
    const { entries, olderCursor } = await findHistory({ storyId: story.id, before })
    const here = routes.admin.storyHistory(story.id)
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>{`History of ${story.draft.headline}`}</Title>
        <h1>History</h1>
        <p>
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {story.draft.headline}
          </a>
        </p>
        <HistoryFiles
          csv={routes.admin.storyHistoryFile(story.id, 'csv')}
          json={routes.admin.storyHistoryFile(story.id, 'json')}
        />
        <HistoryList entries={entries} timeZone={env.timeZone} linksToStories={false} />
        <Pager
          label="More history"
          older={olderCursor && routes.before(here, olderCursor)}
          newest={before === null ? null : here}
        />
      </main>
    )
  })
}
