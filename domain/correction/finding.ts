import { database } from '@/db/client'
import { findStory } from '../desk/finding'
import type { Copy, Story } from '../story/story'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import type { KeptCorrection } from './correction'
import { correctionsOf } from './keeping'

/** A story with its notes, for those who may correct it; null for everybody else, as if there were none. */
export async function findCorrections(
  actor: Actor,
  storyId: number,
): Promise<{ story: Story; liveCopy: Copy | null; corrections: KeptCorrection[] } | null> {
  const found = await findStory(actor, storyId)
  if (found === null || !can(actor, 'story.correct', found.story)) return null
  return { ...found, corrections: await correctionsOf(database(), storyId) }
}
