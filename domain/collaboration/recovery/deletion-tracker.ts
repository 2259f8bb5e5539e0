import { LRUCache } from 'lru-cache'
import type { Copy } from '../../copy/copy-fields'
import { textLength } from './large-deletion'

/** A deletion within this time continues the one before. Milliseconds. */
const CONTINUES_WITHIN = 10_000

const MAX_TRACKED = 50

/** A deletion in several updates, as with a key held down. `before`: the copy before the first; `at`: time of the last, milliseconds. */
type Deletion = { before: Copy; at: number }

const deletions = new LRUCache<string, Deletion>({ max: MAX_TRACKED })

type DeletionOwner = { storyId: number; personId: number | null }

/**
 * The copy before this person began to delete, as far as the updates came to this process. An update that adds text ends the deletion.
 * @param now milliseconds
 */
export function copyBeforeDeletion(owner: DeletionOwner, before: Copy, after: Copy, now: number): Copy {
  const key = keyOf(owner)
  if (textLength(after) >= textLength(before)) {
    deletions.delete(key)
    return before
  }
  const last = deletions.get(key)
  const first = last !== undefined && now - last.at <= CONTINUES_WITHIN ? last.before : before
  deletions.set(key, { before: first, at: now })
  return first
}

/** The copy before it is saved: the next update begins another deletion. */
export const endDeletion = (owner: DeletionOwner) => void deletions.delete(keyOf(owner))

const keyOf = ({ storyId, personId }: DeletionOwner) => `${storyId} ${personId}`
