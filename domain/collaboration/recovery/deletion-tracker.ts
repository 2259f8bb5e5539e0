import { LRUCache } from 'lru-cache'
import type { Copy } from '../../copy/copy-fields'
import { textLength } from './large-deletion'

/** Whoever goes on deleting within so long is still deleting the same. Milliseconds. */
const CONTINUES_WITHIN = 10_000

/** So many people may be deleting at once; the words of each are remembered meanwhile. */
const MAX_TRACKED = 50

/** Somebody takes words out little by little, by a key held down: what stood there when they began, and when they took out the last. */
type Deletion = { before: Copy; at: number }

const deletions = new LRUCache<string, Deletion>({ max: MAX_TRACKED })

export type DeletionOwner = { storyId: number; personId: number | null }

/**
 * What stood in a story before this person began to take words out of it, one load after the other, as this process heard it. Whoever writes
 * something in between begins anew: their words did not stand there then.
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

/** What stood there is kept: what is taken out from now on begins anew. */
export const endDeletion = (owner: DeletionOwner) => void deletions.delete(keyOf(owner))

const keyOf = ({ storyId, personId }: DeletionOwner) => `${storyId} ${personId}`
