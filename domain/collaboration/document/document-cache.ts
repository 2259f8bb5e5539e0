import { LRUCache } from 'lru-cache'
import type { Doc } from 'yjs'

/** The row that a cached document is of. `xmin` is the transaction that wrote it: documents of a transaction that was rolled back never match. */
export type DocumentKey = { storyId: number; lineage: string; sequence: number; xmin: string }

/** Of all cached documents. Next bundles this module twice, for pages and for routes, so at most twice as much. Bytes. */
const MAX_BYTES = 32 * 1024 * 1024

/** Size of a document in memory, relative to its encoded state (docs/benchmarks.md). */
const MEMORY_FACTOR = 14

/** `size`: of the encoded state. Bytes. */
export type CachedDocument = { document: Doc; size: number }

const cache = new LRUCache<number, DocumentKey & CachedDocument>({
  maxSize: MAX_BYTES,
  sizeCalculation: ({ size }) => Math.max(1, size * MEMORY_FACTOR),
})

/** Spares the next update the decoding of the whole state. The document must not be changed afterwards. */
export function cacheDocument({ storyId, lineage, sequence, xmin, document, size }: DocumentKey & CachedDocument) {
  cache.set(storyId, { storyId, lineage, sequence, xmin, document, size })
}

/** Removes the document from the cache: the caller may change it, and then fail. */
export function takeCachedDocument({ storyId, lineage, sequence, xmin }: DocumentKey): CachedDocument | null {
  const found = cache.get(storyId)
  cache.delete(storyId)
  const isSame = found?.lineage === lineage && found.sequence === sequence && found.xmin === xmin
  return found !== undefined && isSame ? found : null
}
