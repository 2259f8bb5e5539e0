import { findStory } from '@/domain/desk/queries'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { parseId } from '../../../../id-param'
import { historyFile } from '../../../../history/file'

type Context = { params: Promise<{ storyId: string }> }

/** Everything that happened to one story, as a file, for those who may write in it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const id = parseId((await params).storyId) ?? 0
  return historyFile(request, `history-of-story-${id}`, id, async () => {
    const actor = await requireActor(routes.admin.storyHistory(id))
    const found = await findStory(actor, id)
    return found !== null && can(actor, 'story.edit', found.story)
  })
}
