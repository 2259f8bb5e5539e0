import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { historyFile } from '../../../../history/file'
import { parseId } from '../../../../params'
import { findEditableStory } from '../../../editable-story'

type Context = { params: Promise<{ storyId: string }> }

/** The history of one story as a file, for those who may edit it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const id = parseId((await params).storyId) ?? 0
  return historyFile(request, `history-of-story-${id}`, id, async () => {
    const actor = await requireActor(routes.admin.storyHistory(id))
    return (await findEditableStory(actor, id)) !== null
  })
}
