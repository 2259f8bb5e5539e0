import { StoryPage } from '@/components/admin/layout/page'
import { Pager } from '@/components/admin/layout/pager'
import { RevisionList } from '@/components/admin/revision/revision-list'
import { findRevisions } from '@/domain/story/queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { parseCursor, type SearchParams } from '../../../params'
import { renderStoryPage, type StoryParams } from '../../../render-page'

type Props = { params: StoryParams; searchParams: SearchParams }

/** The revisions of one story, for those who may edit it. */
export default function VersionsPage({ params, searchParams }: Props) {
  return renderStoryPage(params, 'versions', async (actor, storyId) => {
    const before = await parseCursor(searchParams)
    const found = await findRevisions(actor, storyId, before)
    if (found === null) return null
    const { story, versions, nextCursor } = found
    const address = routes.admin.versions(storyId)
    return (
      <StoryPage story={story} titlePrefix="Versions of" heading="Versions">
        <p className="hint">
          A version is kept whenever the story is published or scheduled, when an earlier version is restored or changes
          are discarded, before somebody removes many words, and at most every ten minutes while somebody writes.
          Versions never change and are never thrown away.
        </p>
        <RevisionList story={story} revisions={versions} isNewest={before === null} timeZone={env.timeZone} />
        <Pager
          label="More versions"
          first={before === null ? null : address}
          next={nextCursor && routes.before(address, nextCursor)}
        />
      </StoryPage>
    )
  })
}
