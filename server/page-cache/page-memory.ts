import { LRUCache } from 'lru-cache'
import type { Withdrawal } from '@/domain/history/withdrawal'
import { mentioned } from './mentions'
import { sizeOf, type Page } from './page'

/** Bytes for pages, and for what strangers can make up without end: not-found pages, redirects, searches, older lists. */
export type Room = { pages: number; strays: number }

const EVERYTHING = '*'

/** All pages we remember, by their key. */
export class PageMemory {
  private readonly pages: LRUCache<string, Page>
  private readonly strays: LRUCache<string, Page>
  /** What went stale while a page was being printed, for each that is. */
  private readonly beingPrinted = new Set<Set<string>>()

  constructor(room: Room) {
    this.pages = new LRUCache({ maxSize: room.pages, sizeCalculation: sizeOf })
    this.strays = new LRUCache({ maxSize: room.strays, sizeCalculation: sizeOf })
  }

  find(key: string): Page | undefined {
    return this.pages.get(key) ?? this.strays.get(key)
  }

  /** As `find`, but nobody read it: it grows no younger. */
  peek(key: string): Page | undefined {
    return this.pages.peek(key) ?? this.strays.peek(key)
  }

  keep(page: Page) {
    const stray = page.status !== 200 || page.key.includes('?')
    ;(stray ? this.pages : this.strays).delete(page.key)
    ;(stray ? this.strays : this.pages).set(page.key, page)
  }

  /** A page that has grown or shrunk since it was kept. */
  weighAgain(page: Page) {
    if (this.peek(page.key) !== page) return
    this.forget(page.key)
    this.keep(page)
  }

  forget(key: string) {
    this.pages.delete(key)
    this.strays.delete(key)
  }

  /** Nothing made from these is fresh any more; `*` is everything but the files of this build. */
  makeStale(tags: readonly string[]) {
    const named = new Set(tags)
    const all = named.has(EVERYTHING)
    for (const page of this.all()) {
      if (page.file === 'no' && page.fresh && (all || page.tags.some((tag) => named.has(tag)))) page.fresh = false
    }
    for (const since of this.beingPrinted) for (const tag of named) since.add(tag)
  }

  /** Begins to watch what goes stale from now on; ask before the page that was printed meanwhile is called fresh. */
  watch(): { madeStale: (tags: readonly string[]) => boolean; end: () => void } {
    const since = new Set<string>()
    this.beingPrinted.add(since)
    return {
      madeStale: (tags) => since.has(EVERYTHING) || tags.some((tag) => since.has(tag)),
      end: () => void this.beingPrinted.delete(since),
    }
  }

  /**
   * Forgets every stale page that shows something of a withdrawn story, so that not even a fault brings it back. One that shows a story which is
   * going to end is kept until then.
   */
  forgetWithdrawn(withdrawals: readonly Withdrawal[]) {
    for (const page of [...this.all()]) {
      if (page.fresh || page.file !== 'no') continue
      const { tags, mentions } = page
      for (const story of withdrawals) {
        if (!tags.includes(`story:${story.storyId}`) && !mentioned(mentions, story)) continue
        page.ends = Math.min(page.ends, story.from?.getTime() ?? -Infinity)
      }
      if (Date.now() >= page.ends) this.forget(page.key)
    }
  }

  /** Pages under their own address (no searches, no older lists), the one asked for last first. */
  recentPages(): Page[] {
    return [...this.pages.values()].filter((page) => page.file === 'no')
  }

  /** Files that never change under their name: scripts and styles, as the build named them. */
  filesForGood(): Page[] {
    return [...this.pages.values()].filter((page) => page.file === 'for good')
  }

  /** How much is remembered: pages and bytes. */
  size(): { pages: number; strays: number; bytes: number } {
    const bytes = this.pages.calculatedSize + this.strays.calculatedSize
    return { pages: this.pages.size, strays: this.strays.size, bytes }
  }

  private *all(): Iterable<Page> {
    yield* this.pages.values()
    yield* this.strays.values()
  }
}
