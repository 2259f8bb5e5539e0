import type { Work } from '../operation'
import type { Copy, Story } from '../story/story'
import { findNewestOf, keepRevision } from '../version/revision-keeping'
import { isMuchLost } from './lost-words'
import { beforeRemoval, endRemoval } from './removals'

/**
 * Keeps what a draft said before somebody takes much out of it, at once or with a key held down, unless a version has those words. However often
 * somebody deletes, then, there are only so many versions as somebody wrote words for.
 * @param after what the draft is going to say
 * @returns whether a version was kept
 */
export async function keepBeforeRemoval({ tx, actor, now }: Work, story: Story, after: Copy): Promise<boolean> {
  const whose = { storyId: story.id, personId: actor.id }
  const first = beforeRemoval(whose, story.draft, after, now.getTime())
  const lost = [...new Set<Copy>([story.draft, first])].filter((said) => isMuchLost(said, after))
  if (lost.length === 0) return false
  const newest = await findNewestOf(tx, story)
  const before = lost.find((said) => isMuchLost(said, after, newest?.copy))
  if (before === undefined) return false
  await keepRevision(tx, actor, story.id, before, now, 'removal')
  endRemoval(whose)
  return true
}
