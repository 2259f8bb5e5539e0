import { database } from '@/db/client'
import type { Copy } from '../copy/copy-fields'
import { findRevisionCopy, findStoryRevision } from '../revision/revision-store'
import { can } from '../user/permission'
import type { Actor } from '../user/user'
import { findStoryById } from './store'
import type { Story } from './story'

/** A story with its live copy and the number of the scheduled revision; null where there is none, or none for this person. */
export async function findStory(
  actor: Actor,
  id: number,
): Promise<{ story: Story; liveCopy: Copy | null; dueNumber: number | null } | null> {
  const story = await findStoryById(database(), id)
  if (story === null || !can(actor, 'story.see', story)) return null
  const liveCopy = story.stage === 'draft' ? null : await findRevisionCopy(database(), story.liveRevisionId)
  const due = story.stage === 'live' && story.due
  const scheduled = due ? await findStoryRevision(database(), id, { id: due.revisionId }) : null
  return { story, liveCopy, dueNumber: scheduled?.number ?? null }
}
