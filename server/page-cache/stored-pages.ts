import { LRUCache } from 'lru-cache'
import type { Withdrawal } from '@/domain/history/withdrawal'
import { includesId } from '@/domain/story/id-ranges'
import { sizeOf, uncompressedSize, type Page } from './page'

/** Bytes. `unbounded`: for keys that a client can make up without end: not-found pages, redirects, searches, older lists. */
type Limits = { pages: number; unbounded: number }

/** Whether a client can make up such keys without end. */
export const isOfUnboundedKey = ({ status, key }: Page): boolean => status !== 200 || key.includes('?')

const ANY_TAG = '*'

/** The stored pages by key, least recently used ones evicted first. */
export class StoredPages {
  private readonly pages: LRUCache<string, Page>
  private readonly unbounded: LRUCache<string, Page>
  /** The tags invalidated while a page is being rendered, one set for each page. */
  private readonly trackers = new Set<Set<string>>()

  constructor(limits: Limits) {
    this.pages = new LRUCache({ maxSize: limits.pages, sizeCalculation: sizeOf })
    this.unbounded = new LRUCache({ maxSize: limits.unbounded, sizeCalculation: sizeOf })
  }

  get(key: string): Page | undefined {
    return this.pages.get(key) ?? this.unbounded.get(key)
  }

  /** As `get`, without counting as a use. */
  peek(key: string): Page | undefined {
    return this.pages.peek(key) ?? this.unbounded.peek(key)
  }

  set(page: Page) {
    const isUnbounded = isOfUnboundedKey(page)
    ;(isUnbounded ? this.pages : this.unbounded).delete(page.key)
    ;(isUnbounded ? this.unbounded : this.pages).set(page.key, page)
  }

  /** Counts a stored page again whose bytes have changed. */
  resize(page: Page) {
    if (this.peek(page.key) !== page) return
    this.delete(page.key)
    this.set(page)
  }

  delete(key: string) {
    this.pages.delete(key)
    this.unbounded.delete(key)
  }

  /** Makes pages with one of these tags stale; `*` is every page. Files of the build stay fresh. */
  invalidate(tags: readonly string[]) {
    const invalidated = new Set(tags)
    const all = invalidated.has(ANY_TAG)
    for (const page of this.all()) {
      if (page.kind === 'page' && page.fresh && (all || page.tags.some((tag) => invalidated.has(tag))))
        page.fresh = false
    }
    for (const recorded of this.trackers) for (const tag of invalidated) recorded.add(tag)
  }

  /** Records invalidations from now on: a page that is rendered meanwhile is fresh only if none of its tags was invalidated. */
  trackInvalidations(): { wasInvalidated: (tags: readonly string[]) => boolean; stop: () => void } {
    const recorded = new Set<string>()
    this.trackers.add(recorded)
    return {
      wasInvalidated: (tags) => recorded.has(ANY_TAG) || tags.some((tag) => recorded.has(tag)),
      stop: () => void this.trackers.delete(recorded),
    }
  }

  /** Deletes every stale page with a withdrawn story, so that no error serves it again; a page with a story that ends later is deleted then. */
  deleteWithdrawn(withdrawals: readonly Withdrawal[]) {
    for (const page of [...this.all()]) {
      if (page.fresh || page.kind !== 'page') continue
      for (const { storyId, from } of withdrawals) {
        if (!includesId(page.stories, storyId) && !page.tags.includes(`story:${storyId}`)) continue
        page.neverServeAfter = Math.min(page.neverServeAfter, from?.getTime() ?? -Infinity)
      }
      if (Date.now() >= page.neverServeAfter) this.delete(page.key)
    }
  }

  /** Pages without a query, the most recently used first. */
  recentPages(): Page[] {
    return [...this.pages.values()].filter(({ kind }) => kind === 'page')
  }

  /** Public files, which have the same name in every build. */
  publicFiles(): Page[] {
    return [...this.pages.values()].filter(({ kind }) => kind === 'revalidate')
  }

  /** Files whose names change with their content. */
  immutableFiles(): Page[] {
    return [...this.pages.values()].filter(({ kind }) => kind === 'immutable')
  }

  /** Numbers of pages, and their bytes. */
  size(): { pages: number; unbounded: number; bytes: number } {
    const bytes = this.pages.calculatedSize + this.unbounded.calculatedSize + uncompressedSize()
    return { pages: this.pages.size, unbounded: this.unbounded.size, bytes }
  }

  private *all(): Iterable<Page> {
    yield* this.pages.values()
    yield* this.unbounded.values()
  }
}
