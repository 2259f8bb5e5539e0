import { NotHere } from '@/components/admin/not-here'
import { Pager } from '@/components/admin/pager'
import { Title } from '@/components/admin/title'
import { VersionList } from '@/components/admin/version/version-list'
import { findVersions } from '@/domain/version/versioning'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../../../answered'
import { askedId } from '../../../asked-id'
import { askedPlace, type AskedFor } from '../../../asked-place'

type Props = { params: Promise<{ storyId: string }>; searchParams: AskedFor }

/** Every version of one story that was kept, for those who may write in it. */
export default function VersionsPage({ params, searchParams }: Props) {
  return answered(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/versions`)
    const id = askedId(storyId)
    const before = await askedPlace(searchParams)
    const found = id === null ? null : await findVersions(actor, id, before)
    if (found === null) return <NotHere />
    const { story, versions, olderPlace } = found
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
        <VersionList story={story} versions={versions} isNewest={before === null} timeZone={env.timeZone} />
        <Pager
          label="More versions"
          older={olderPlace && routes.before(here, olderPlace)}
          newest={before === null ? null : here}
        />
      </main>
    )
  })
}
