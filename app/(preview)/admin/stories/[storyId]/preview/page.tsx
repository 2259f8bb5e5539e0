import { NotHere } from '@/components/admin/not-here'
import { Preview } from '@/components/admin/preview'
import { Unavailable } from '@/components/admin/unavailable'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/keeping'
import { findStory } from '@/domain/story/finding'
import { can } from '@/domain/user/permission'
import { isDatabaseAway } from '@/lib/database-away'
import { env } from '@/lib/env'
import { requireActor } from '@/lib/session'

type Props = { params: Promise<{ storyId: string }> }

/** The draft in the readers' own components, for those who may write in it. */
export default async function PreviewPage({ params }: Props) {
  const { storyId } = await params
  try {
    const actor = await requireActor(`/admin/stories/${encodeURIComponent(storyId)}/preview`)
    const found = /^[1-9]\d{0,14}$/u.test(storyId) ? await findStory(actor, Number(storyId)) : null
    if (found === null || !can(actor, 'story.edit', found.story)) return <NotHere />
    const { siteName, siteUrl, timeZone } = env
    const house = { siteName, siteUrl, timeZone, sections: await listSections(database()) }
    return <Preview story={found.story} house={house} now={new Date()} />
  } catch (error) {
    if (isDatabaseAway(error)) return <Unavailable />
    throw error
  }
}
