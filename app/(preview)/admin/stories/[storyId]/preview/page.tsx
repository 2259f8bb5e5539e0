import { renderPage } from '@/app/admin/render-page'
import { parseId } from '@/app/admin/id-param'
import { NotFound } from '@/components/admin/layout/not-found'
import { Preview } from '@/components/admin/preview/preview'
import { database } from '@/db/client'
import { correctionsOf } from '@/domain/correction/store'
import { previewNames } from '@/domain/taxonomy/naming'
import { listSections } from '@/domain/section/store'
import { findStory } from '@/domain/desk/queries'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { requireActor } from '@/lib/session'

type Props = { params: Promise<{ storyId: string }> }

/** The draft in the readers' own components, for those who may write in it. */
export default function PreviewPage({ params }: Props) {
  return renderPage(async () => {
    const { storyId } = await params
    const actor = await requireActor(`/admin/stories/${encodeURIComponent(storyId)}/preview`)
    const id = parseId(storyId)
    const found = id === null ? null : await findStory(actor, id)
    if (found === null || !can(actor, 'story.edit', found.story)) return <NotFound />
    const { siteName, siteUrl, timeZone } = env
    const house = { siteName, siteUrl, timeZone, sections: await listSections(database()) }
    const [corrections, names] = await Promise.all([
      correctionsOf(database(), found.story.id),
      previewNames(database(), found.story.draft),
    ])
    return <Preview {...{ story: found.story, corrections, names, house }} now={new Date()} />
  })
}
