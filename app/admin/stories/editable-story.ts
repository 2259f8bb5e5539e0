import { findStory } from '@/domain/story/queries'
import { can } from '@/domain/user/permission'
import type { SignedIn } from '@/lib/session'

/** A story that the actor may edit; null otherwise. */
export async function findEditableStory(actor: SignedIn, storyId: number) {
  const found = await findStory(actor, storyId)
  return found !== null && can(actor, 'story.edit', found.story) ? found : null
}
