import type { Subscription } from '@/db/subscription'
import { withDeadline } from '@/lib/deadline'
import type { Notice } from '../invalidation/notice'
import type { CatchUp, NoticeHandlers } from '../invalidation/subscriber'
import type { Metrics } from '../observability/metrics'
import { CacheWarmer } from './cache-warmer'
import { UNCOMPRESSED_LIMIT } from './page'
import { RenderQueue } from './render-queue'
import { loadSnapshot, saveSnapshot } from './snapshot'
import { StoredPages } from './stored-pages'

/** Milliseconds. */
const TICK_INTERVAL = 1000
const SNAPSHOT_INTERVAL = 30_000

/** How long a start waits for its first front page. Milliseconds. */
const FRONT_PAGE_TIMEOUT = 10_000

/** The part of the memory for keys that a client can make up without end. */
const UNBOUNDED_SHARE = 0.25

type Options = {
  siteUrl: URL
  dataDir: string
  maxBytes: number
  renderer: { readonly origin: string | null }
  metrics: Metrics
  warn: (message: string) => void
  /** Tags with which something has become stale: for what else is remembered of the same changes. */
  onStale?: (tags: readonly string[]) => void
}

/** The reader pages, and what keeps them fresh: notices, the render queue, the cache warmer and a snapshot on disk. */
export class PageCache {
  readonly stored: StoredPages
  readonly queue: RenderQueue
  private readonly warmer: CacheWarmer
  private subscription: Subscription | null = null
  private timer: NodeJS.Timeout | null = null
  /** Whether notices arrive: no page is fresh otherwise. */
  isConnected = false
  /** The last history entry that the stored pages reflect. */
  private lastSeenId = 0
  /** When the changes were made that no front page shows yet. Milliseconds since the epoch. */
  private changesAwaitingFrontPage: number[] = []
  private savedAt = 0
  private saving: Promise<void> = Promise.resolve()
  private onFrontPageReady: () => void = () => undefined

  constructor(private readonly options: Options) {
    const { renderer, siteUrl, metrics, maxBytes } = options
    const limit = maxBytes - UNCOMPRESSED_LIMIT
    const unbounded = Math.round(limit * UNBOUNDED_SHARE)
    const stored = new StoredPages({ pages: limit - unbounded, unbounded })
    this.stored = stored
    this.queue = new RenderQueue({
      renderer,
      siteUrl,
      stored,
      metrics,
      isConnected: () => this.isConnected,
      onRecovered: () => this.rerender(),
    })
    this.warmer = new CacheWarmer({
      queue: this.queue,
      stored,
      siteUrl,
      onFrontPageReady: () => this.frontPageRendered(),
    })
  }

  /** Loads the snapshot of the last run; its pages are stale. Returns their number. */
  async restore(): Promise<number> {
    const { pages, history } = await loadSnapshot(this.options.dataDir, this.options.siteUrl.origin)
    for (const page of pages.toReversed()) this.stored.set(page)
    this.lastSeenId = history
    return pages.length
  }

  /** Subscribes to notices; resolves after the first catch-up. */
  subscribe(open: (handlers: NoticeHandlers) => Subscription): Promise<void> {
    return new Promise((resolve) => {
      this.subscription = open({
        lastSeenId: () => this.lastSeenId,
        onNotice: (notice) => this.handleNotice(notice),
        onConnected: (changes) => {
          this.catchUp(changes)
          resolve()
        },
        onDisconnected: (reason) => this.handleDisconnect(reason),
      })
    })
  }

  /** Starts to render pages ahead of requests; resolves with the first front page, or after a timeout. */
  async warm(): Promise<void> {
    this.timer ??= setInterval(() => this.tick(), TICK_INTERVAL)
    const frontPage = new Promise<void>((resolve) => (this.onFrontPageReady = resolve))
    // If the renderer is not up yet, the queue retries when the circuit breaker closes.
    void this.warmer.warm()
    await withDeadline(FRONT_PAGE_TIMEOUT, frontPage, () => undefined)
  }

  async close() {
    if (this.timer) clearInterval(this.timer)
    await this.subscription?.stop()
    this.queue.close()
    await this.save()
  }

  private handleNotice(notice: Notice) {
    this.options.metrics.invalidations.inc()
    this.lastSeenId = Math.max(this.lastSeenId, notice.history)
    this.invalidate(notice.tags, notice.withdrawn)
    this.deleteWithdrawn(notice.withdrawn)
    if (notice.at !== null && notice.tags.length > 0) this.changesAwaitingFrontPage.push(notice.at)
    this.rerender()
  }

  /** Notices may have been missed: every page is stale, and stories withdrawn meanwhile are deleted. */
  private catchUp({ withdrawn, history }: CatchUp) {
    this.invalidate(['*'], withdrawn)
    this.lastSeenId = Math.max(this.lastSeenId, history)
    this.deleteWithdrawn(withdrawn)
    this.isConnected = true
    this.rerender()
  }

  /** Before `warm`, there is no renderer yet. */
  private rerender() {
    if (this.timer) void this.warmer.warm()
  }

  /** Called for every failed attempt to connect; only the first one after a connection changes anything. */
  private handleDisconnect(reason: string) {
    if (!this.isConnected) return
    this.options.warn(`The subscription to notices was lost (${reason}); reconnecting.`)
    this.isConnected = false
    this.invalidate(['*'])
    this.queue.startProbing({ openNow: true })
  }

  private invalidate(tags: readonly string[], withdrawn: Notice['withdrawn'] = []) {
    this.stored.invalidate(tags)
    this.options.onStale?.([...tags, ...withdrawn.map(({ storyId }) => `story:${storyId}`)])
  }

  /** Deletes withdrawn stories from memory and from the snapshot at once. */
  private deleteWithdrawn(withdrawn: Notice['withdrawn']) {
    if (withdrawn.length === 0) return
    this.stored.deleteWithdrawn(withdrawn)
    void this.save()
  }

  private frontPageRendered() {
    const now = Date.now()
    for (const at of this.changesAwaitingFrontPage.splice(0))
      this.options.metrics.publishToLiveSeconds.observe(Math.max(0, now - at) / 1000)
    this.onFrontPageReady()
  }

  private tick() {
    if (this.warmer.isDue()) void this.warmer.warm()
    else void this.warmer.recompressOne()
    if (Date.now() - this.savedAt > SNAPSHOT_INTERVAL) void this.save()
  }

  /** Saves run one after the other. */
  private save(): Promise<void> {
    this.savedAt = Date.now()
    const { dataDir, siteUrl, warn } = this.options
    this.saving = this.saving.then(() =>
      saveSnapshot(dataDir, siteUrl.origin, {
        pages: [...this.stored.publicFiles(), ...this.stored.recentPages()],
        history: this.lastSeenId,
      }).catch((error: unknown) => warn(`The snapshot of pages could not be saved: ${String(error)}`)),
    )
    return this.saving
  }
}
