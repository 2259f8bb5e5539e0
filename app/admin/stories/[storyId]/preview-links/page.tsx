import { StoryPage } from '@/components/admin/layout/page'
import { NewPreviewLink, PreviewLinks } from '@/components/admin/preview/preview-links'
import { findPreviewLinks } from '@/domain/preview/opening'
import { findRevisions } from '@/domain/story/queries'
import { env } from '@/lib/env'
import { renderStoryPage, type StoryParams } from '../../../render-page'
import { revoke, share } from './actions'

/** Links by which people without a login read this story, and when they were opened. */
export default function PreviewLinksPage({ params }: { params: StoryParams }) {
  return renderStoryPage(params, 'preview-links', async (actor, storyId) => {
    const found = await findPreviewLinks(actor, storyId)
    const listed = await findRevisions(actor, storyId, null)
    if (found === null || listed === null) return null
    const { story, links } = found
    const clock = { timeZone: env.timeZone, now: new Date() }
    return (
      <StoryPage story={story} titlePrefix="Outside eyes on" heading="Outside eyes">
        <p className="hint">
          A preview link shows this story, and nothing else of the newsroom, to somebody without a login: a lawyer, a
          source, a translator. Whoever has the link can read it until it expires or is taken back. It shows nothing
          while whoever made it may not work on this story. Withdrawing the story closes its links for good.
        </p>
        <NewPreviewLink story={story} versions={listed.versions} {...clock} action={share} />
        <PreviewLinks {...{ story, links }} {...clock} action={revoke} />
      </StoryPage>
    )
  })
}
