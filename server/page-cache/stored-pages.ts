import { LRUCache } from 'lru-cache'
import type { Withdrawal } from '@/domain/history/withdrawal'
import { mentioned } from './mentions'
import { sizeOf, type Page } from './page'

/** Bytes for pages, and for what strangers can make up without end: not-found pages, redirects, searches, older lists. */
export type Limits = { pages: number; unbounded: number }

const ANY_TAG = '*'

/** All pages we remember, by their key. */
export class StoredPages {
  private readonly pages: LRUCache<string, Page>
  private readonly unbounded: LRUCache<string, Page>
  /** What went stale while a page was being printed, for each that is. */
  private readonly trackers = new Set<Set<string>>()

  constructor(limits: Limits) {
    this.pages = new LRUCache({ maxSize: limits.pages, sizeCalculation: sizeOf })
    this.unbounded = new LRUCache({ maxSize: limits.unbounded, sizeCalculation: sizeOf })
  }

  get(key: string): Page | undefined {
    return this.pages.get(key) ?? this.unbounded.get(key)
  }

  /** As `find`, but nobody read it: it grows no younger. */
  peek(key: string): Page | undefined {
    return this.pages.peek(key) ?? this.unbounded.peek(key)
  }

  set(page: Page) {
    const isUnbounded = page.status !== 200 || page.key.includes('?')
    ;(isUnbounded ? this.pages : this.unbounded).delete(page.key)
    ;(isUnbounded ? this.unbounded : this.pages).set(page.key, page)
  }

  /** A page that has grown or shrunk since it was kept. */
  resize(page: Page) {
    if (this.peek(page.key) !== page) return
    this.delete(page.key)
    this.set(page)
  }

  delete(key: string) {
    this.pages.delete(key)
    this.unbounded.delete(key)
  }

  /** Nothing made from these is fresh any more; `*` is everything but the files of this build. */
  invalidate(tags: readonly string[]) {
    const invalidated = new Set(tags)
    const all = invalidated.has(ANY_TAG)
    for (const page of this.all()) {
      if (page.kind === 'no' && page.fresh && (all || page.tags.some((tag) => invalidated.has(tag)))) page.fresh = false
    }
    for (const recorded of this.trackers) for (const tag of invalidated) recorded.add(tag)
  }

  /** Begins to watch what goes stale from now on; ask before the page that was printed meanwhile is called fresh. */
  trackInvalidations(): { wasInvalidated: (tags: readonly string[]) => boolean; stop: () => void } {
    const recorded = new Set<string>()
    this.trackers.add(recorded)
    return {
      wasInvalidated: (tags) => recorded.has(ANY_TAG) || tags.some((tag) => recorded.has(tag)),
      stop: () => void this.trackers.delete(recorded),
    }
  }

  /**
   * Forgets every stale page that shows something of a withdrawn story, so that not even a fault brings it back. One that shows a story which is
   * going to end is kept until then.
   */
  deleteWithdrawn(withdrawals: readonly Withdrawal[]) {
    for (const page of [...this.all()]) {
      if (page.fresh || page.kind !== 'no') continue
      const { tags, mentions } = page
      for (const story of withdrawals) {
        if (!tags.includes(`story:${story.storyId}`) && !mentioned(mentions, story)) continue
        page.neverServeAfter = Math.min(page.neverServeAfter, story.from?.getTime() ?? -Infinity)
      }
      if (Date.now() >= page.neverServeAfter) this.delete(page.key)
    }
  }

  /** Pages under their own address (no searches, no older lists), the one asked for last first. */
  recentPages(): Page[] {
    return [...this.pages.values()].filter((page) => page.kind === 'no')
  }

  /** Files that never change under their name: scripts and styles, as the build named them. */
  immutableFiles(): Page[] {
    return [...this.pages.values()].filter((page) => page.kind === 'for good')
  }

  /** How much is remembered: pages and bytes. */
  size(): { pages: number; unbounded: number; bytes: number } {
    const bytes = this.pages.calculatedSize + this.unbounded.calculatedSize
    return { pages: this.pages.size, unbounded: this.unbounded.size, bytes }
  }

  private *all(): Iterable<Page> {
    yield* this.pages.values()
    yield* this.unbounded.values()
  }
}
