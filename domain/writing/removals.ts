import { LRUCache } from 'lru-cache'
import type { Copy } from '../story/story'
import { sizeOf } from './lost-words'

/** Whoever goes on deleting within so long is still deleting the same. Milliseconds. */
const GOES_ON_WITHIN = 10_000

/** So many people may be deleting at once; the words of each are remembered meanwhile. */
const AT_ONCE = 50

/** Somebody takes words out little by little, by a key held down: what stood there when they began, and when they took out the last. */
type Removal = { before: Copy; at: number }

const underWay = new LRUCache<string, Removal>({ max: AT_ONCE })

export type Remover = { storyId: number; personId: number | null }

/**
 * What stood in a story before this person began to take words out of it, one load after the other, as this process heard it. Whoever writes
 * something in between begins anew: their words did not stand there then.
 * @param now milliseconds
 */
export function beforeRemoval(whose: Remover, before: Copy, after: Copy, now: number): Copy {
  const key = keyOf(whose)
  if (sizeOf(after) >= sizeOf(before)) {
    underWay.delete(key)
    return before
  }
  const last = underWay.get(key)
  const first = last !== undefined && now - last.at <= GOES_ON_WITHIN ? last.before : before
  underWay.set(key, { before: first, at: now })
  return first
}

/** What stood there is kept: what is taken out from now on begins anew. */
export const endRemoval = (whose: Remover) => void underWay.delete(keyOf(whose))

const keyOf = ({ storyId, personId }: Remover) => `${storyId} ${personId}`
