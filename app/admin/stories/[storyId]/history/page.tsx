import { HistoryFiles } from '@/components/admin/history-files'
import { HistoryList } from '@/components/admin/history-list'
import { NotHere } from '@/components/admin/not-here'
import { Pager } from '@/components/admin/pager'
import { Title } from '@/components/admin/title'
import { recallHistory } from '@/domain/history/recalling'
import { findStory } from '@/domain/desk/finding'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../../../answered'
import { askedId } from '../../../asked-id'
import { askedPlace, type AskedFor } from '../../../asked-place'

type Props = { params: Promise<{ storyId: string }>; searchParams: AskedFor }

/** Everything that happened to one story, for those who may write in it. */
export default function StoryHistoryPage({ params, searchParams }: Props) {
  return answered(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/history`)
    const id = askedId(storyId)
    const found = id === null ? null : await findStory(actor, id)
    if (found === null || !can(actor, 'story.edit', found.story)) return <NotHere />
    const { story } = found
    const before = await askedPlace(searchParams)
    const { lines, olderPlace } = await recallHistory({ storyId: story.id, before })
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
        <HistoryList lines={lines} timeZone={env.timeZone} linked={false} />
        <Pager
          label="More history"
          older={olderPlace && routes.before(here, olderPlace)}
          newest={before === null ? null : here}
        />
      </main>
    )
  })
}
