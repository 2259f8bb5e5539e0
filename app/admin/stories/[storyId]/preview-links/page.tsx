import { NotFound } from '@/components/admin/layout/not-found'
import { NewPreviewLink, PreviewLinks } from '@/components/admin/preview/preview-links'
import { Title } from '@/components/admin/layout/title'
import { findPreviewLinks } from '@/domain/preview/opening'
import { findRevisions } from '@/domain/revision/restoring'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../../render-page'
import { parseId } from '../../../id-param'
import { revoke, share } from './actions'

type Props = { params: Promise<{ storyId: string }> }

/** Links by which people without a login read this story, and when they were opened. */
export default function PreviewLinksPage({ params }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}/preview-links`)
    const id = parseId(storyId)
    const found = id === null ? null : await findPreviewLinks(actor, id)
    const listed = id === null ? null : await findRevisions(actor, id, null)
    if (found === null || listed === null) return <NotFound />
    const { story, links } = found
    const clock = { timeZone: env.timeZone, now: new Date() }
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>{`Outside eyes on ${story.draft.headline}`}</Title>
        <h1>Outside eyes</h1>
        <p>
          <a className="headline-text" href={routes.admin.story(story.id)}>
            {story.draft.headline || 'Without a headline'}
          </a>
        </p>
        <p className="hint">
          A preview link shows this story, and nothing else of the newsroom, to somebody without a login: a lawyer, a
          source, a translator. Whoever has the link can read it until it expires or is taken back. It shows nothing
          while whoever made it may not work on this story. Withdrawing the story closes its links for good.
        </p>
        <NewPreviewLink story={story} versions={listed.versions} {...clock} action={share} />
        <PreviewLinks {...{ story, links }} {...clock} action={revoke} />
      </main>
    )
  })
}
