import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { LRUCache } from 'lru-cache'
import type { PictureStorage, StoredFile } from '../contract'

/** A larger one is streamed each time. Bytes. */
const MAX_CACHED = 256 * 1024

/** An entry with its key and its buffer, beside the bytes. */
const OVERHEAD = 600

export type RenditionBytes = { size: number; bytes: Buffer } | { size: number; stream: Readable }

/** The renditions that were read last, in memory; the others come from the storage. */
export class RenditionCache {
  private readonly cached: LRUCache<string, Buffer>

  /** @param maxBytes its part of PAGE_MEMORY_MB */
  constructor(
    private readonly storage: Pick<PictureStorage, 'get'>,
    maxBytes: number,
  ) {
    this.cached = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: (bytes, key) => bytes.length + key.length + OVERHEAD,
    })
  }

  get bytes(): number {
    return this.cached.calculatedSize
  }

  /** Null where it is not stored. */
  async find(key: string): Promise<RenditionBytes | null> {
    const known = this.cached.get(key)
    if (known) return { size: known.length, bytes: known }
    const stored = await this.storage.get(key)
    if (stored === null || stored.size > MAX_CACHED) return stored
    const bytes = await wholeOf(stored)
    this.cached.set(key, bytes)
    return { size: bytes.length, bytes }
  }
}

/** In a buffer of its own length. */
async function wholeOf({ stream, size }: StoredFile): Promise<Buffer> {
  const read = await buffer(stream)
  if (read.length !== size) throw new Error('A rendition did not come whole out of the storage.')
  const exact = Buffer.allocUnsafeSlow(size)
  read.copy(exact)
  return exact
}
