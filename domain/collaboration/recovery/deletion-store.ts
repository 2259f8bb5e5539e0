import type { Work } from '../../operation'
import type { Copy } from '../../copy/copy-fields'
import type { Story } from '../../story/story'
import { findNewestRevision, keepRevision } from '../../revision/revision-store'
import { isLargeDeletion } from './large-deletion'
import { copyBeforeDeletion, endDeletion } from './deletion-tracker'

/**
 * Keeps what a draft said before somebody takes much out of it, at once or with a key held down, unless a version has those words. However often
 * somebody deletes, then, there are only so many versions as somebody wrote words for.
 * @param after what the draft is going to say
 * @returns whether a version was kept
 */
export async function saveBeforeDeletion({ tx, actor, now }: Work, story: Story, after: Copy): Promise<boolean> {
  const owner = { storyId: story.id, personId: actor.id }
  const first = copyBeforeDeletion(owner, story.draft, after, now.getTime())
  const lost = [...new Set<Copy>([story.draft, first])].filter((said) => isLargeDeletion(said, after))
  if (lost.length === 0) return false
  const newest = await findNewestRevision(tx, story)
  const before = lost.find((said) => isLargeDeletion(said, after, newest?.copy))
  if (before === undefined) return false
  await keepRevision(tx, actor, story.id, before, now, 'removal')
  endDeletion(owner)
  return true
}
