import { NotHere } from '@/components/admin/not-here'
import { StoryDesk } from '@/components/admin/story-desk'
import { StoryReadOnly } from '@/components/admin/story-read-only'
import { StoryWhileSignedOut } from '@/components/admin/while-signed-out'
import { database } from '@/db/client'
import { currentArrangement } from '@/domain/front-page/keeping'
import { listSections } from '@/domain/section/keeping'
import { findStory } from '@/domain/story/finding'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../../answered'
import { askedId } from '../../asked-id'
import { signedOutWhileWriting } from '../../signed-out-while-writing'
import { lead, publish, save, withdraw } from './actions'

type Props = { params: Promise<{ storyId: string }> }

/** One story: its words, where it stands, and what may be done with it. */
export default function StoryPage({ params }: Props) {
  return answered(async () => {
    const { storyId } = await params
    const id = askedId(storyId)
    if (id !== null && (await signedOutWhileWriting()))
      return (
        <StoryWhileSignedOut storyId={id} sections={await listSections(database())} save={save} publish={publish} />
      )
    const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}`)
    const found = id === null ? null : await findStory(actor, id)
    if (found === null) return <NotHere />
    const { story, liveCopy } = found
    const sections = await listSections(database())
    if (!can(actor, 'story.edit', story))
      return liveCopy ? <StoryReadOnly story={story} copy={liveCopy} sections={sections} /> : <NotHere />
    const frontPage = await currentArrangement(database())
    const rights = {
      publish: can(actor, 'story.publish', story) ? publish : null,
      withdraw: can(actor, 'story.withdraw', story) ? withdraw : null,
      lead: can(actor, 'front-page.arrange') ? lead : null,
    }
    return <StoryDesk {...{ story, liveCopy, sections, timeZone: env.timeZone, frontPage, save }} {...rights} />
  })
}
