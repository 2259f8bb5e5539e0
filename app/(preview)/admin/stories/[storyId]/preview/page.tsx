import { answered } from '@/app/admin/answered'
import { askedId } from '@/app/admin/asked-id'
import { NotHere } from '@/components/admin/not-here'
import { Preview } from '@/components/admin/preview/preview'
import { database } from '@/db/client'
import { correctionsOf } from '@/domain/correction/keeping'
import { namesAsReadersWouldSee } from '@/domain/name/naming'
import { listSections } from '@/domain/section/keeping'
import { findStory } from '@/domain/desk/finding'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { requireActor } from '@/lib/session'

type Props = { params: Promise<{ storyId: string }> }

/** The draft in the readers' own components, for those who may write in it. */
export default function PreviewPage({ params }: Props) {
  return answered(async () => {
    const { storyId } = await params
    const actor = await requireActor(`/admin/stories/${encodeURIComponent(storyId)}/preview`)
    const id = askedId(storyId)
    const found = id === null ? null : await findStory(actor, id)
    if (found === null || !can(actor, 'story.edit', found.story)) return <NotHere />
    const { siteName, siteUrl, timeZone } = env
    const house = { siteName, siteUrl, timeZone, sections: await listSections(database()) }
    const [corrections, names] = await Promise.all([
      correctionsOf(database(), found.story.id),
      namesAsReadersWouldSee(database(), found.story.draft),
    ])
    return <Preview {...{ story: found.story, corrections, names, house }} now={new Date()} />
  })
}
