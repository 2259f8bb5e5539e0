import { NotFound } from '@/components/admin/layout/not-found'
import { Pager } from '@/components/admin/layout/pager'
import { Title } from '@/components/admin/layout/title'
import { RevisionList } from '@/components/admin/revision/revision-list'
import { findRevisions } from '@/domain/revision/restoring'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../../render-page'
import { parseId } from '../../../id-param'
import { parseCursor, type SearchParams } from '../../../cursor-param'

type Props = { params: Promise<{ storyId: string }>; searchParams: SearchParams }

/** Every version of one story that was kept, for those who may write in it. */
export default function VersionsPage({ params, searchParams }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/versions`)
    const id = parseId(storyId)
    const before = await parseCursor(searchParams)
    const found = id === null ? null : await findRevisions(actor, id, before)
    if (found === null) return <NotFound />
    const { story, versions, nextCursor: olderPlace } = found
    const here = routes.admin.versions(story.id)
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>{`Versions of ${story.draft.headline}`}</Title>
        <h1>Versions</h1>
        <p>
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {story.draft.headline || 'Without a headline'}
          </a>
        </p>
        <p className="hint">
          A version is kept whenever the story is published or scheduled, when an earlier version is restored or changes
          are discarded, before somebody removes many words, and at most every ten minutes while somebody writes.
          Versions never change and are never thrown away.
        </p>
        <RevisionList story={story} revisions={versions} isNewest={before === null} timeZone={env.timeZone} />
        <Pager
          label="More versions"
          older={olderPlace && routes.before(here, olderPlace)}
          newest={before === null ? null : here}
        />
      </main>
    )
  })
}
