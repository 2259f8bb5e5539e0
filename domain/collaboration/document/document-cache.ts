import { LRUCache } from 'lru-cache'
import type { Doc } from 'yjs'

/**
 * Which row of the database a document was read from or written as. `writtenBy` is the transaction that wrote the row (`xmin`): one that
 * was rolled back never comes true, so what it left in memory is found by nobody.
 */
export type DocumentKey = { storyId: number; lineage: string; sequence: number; writtenBy: string }

/** What all remembered documents may take. Next bundles this once for pages and once more for routes, so twice as much at most. Bytes. */
const MAX_BYTES = 32 * 1024 * 1024

/** A document takes so many times as much in memory as in the database (docs/benchmarks.md, Words). */
const MEMORY_FACTOR = 14

/** `size`: of its state in the database, bytes. */
export type CachedDocument = { document: Doc; size: number }

const cache = new LRUCache<number, DocumentKey & CachedDocument>({
  maxSize: MAX_BYTES,
  sizeCalculation: ({ size }) => Math.max(1, size * MEMORY_FACTOR),
})

/** Remembers a document, so that the next words for it need not read all that was written before. Whoever gives it here changes it no more. */
export function cacheDocument({ storyId, lineage, sequence, writtenBy, document, size }: DocumentKey & CachedDocument) {
  cache.set(storyId, { storyId, lineage, sequence, writtenBy, document, size })
}

/** Gives the document of this very row, if it is remembered. It is remembered no more: whoever has it may change it, and then fail. */
export function takeCachedDocument({ storyId, lineage, sequence, writtenBy }: DocumentKey): CachedDocument | null {
  const found = cache.get(storyId)
  cache.delete(storyId)
  const isSame = found?.lineage === lineage && found.sequence === sequence && found.writtenBy === writtenBy
  return found !== undefined && isSame ? found : null
}
