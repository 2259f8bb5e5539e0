import type { Copy } from '../../copy/copy-fields'
import type { Work } from '../../operation'
import { findNewestRevision, keepRevision } from '../../revision/store'
import type { Story } from '../../story/story'
import { copyBeforeDeletion, endDeletion } from './deletion-tracker'
import { isLargeDeletion } from './large-deletion'

/**
 * Saves the draft as a revision before a large deletion, made at once or little by little, unless the newest revision has the deleted text: deleting
 * the same text again saves nothing.
 * @param after the draft after the deletion
 * @returns whether a revision was saved
 */
export async function saveBeforeDeletion({ tx, actor, now }: Work, story: Story, after: Copy): Promise<boolean> {
  const owner = { storyId: story.id, personId: actor.id }
  const first = copyBeforeDeletion(owner, story.draft, after, now.getTime())
  const lost = [...new Set<Copy>([story.draft, first])].filter((copy) => isLargeDeletion(copy, after))
  if (lost.length === 0) return false
  const newest = await findNewestRevision(tx, story)
  const before = lost.find((said) => isLargeDeletion(said, after, newest?.copy))
  if (before === undefined) return false
  await keepRevision(tx, actor, story.id, before, now, 'removal')
  endDeletion(owner)
  return true
}
