import type { Subscription } from '@/db/subscription'
import { withDeadline } from '@/lib/deadline'
import type { NoticeHandlers, CatchUp } from '../invalidation/subscriber'
import type { Notice } from '../invalidation/notice'
import type { Metrics } from '../observability/metrics'
import { CacheWarmer } from './cache-warmer'
import { saveSnapshot, loadSnapshot } from './snapshot'
import { StoredPages } from './stored-pages'
import { RenderQueue } from './render-queue'

/** How often the clock looks for something to do, and how often the pages are kept on disk at most. Milliseconds. */
const TICK_INTERVAL = 1000
const SNAPSHOT_INTERVAL = 30_000

/** A start waits so long for its first front page, then lets readers in anyway. Milliseconds. */
const FRONT_PAGE_TIMEOUT = 10_000

type Options = {
  siteUrl: URL
  dataDir: string
  /** How much may be remembered. Bytes. */
  maxBytes: number
  renderer: { readonly origin: string | null }
  metrics: Metrics
  warn: (what: string) => void
}

/** The part of the room for what strangers can make up without end. */
const UNBOUNDED_SHARE = 0.25

/** Everything that is remembered for readers, and what keeps it true: the notices of the newsroom, the press, the clock and the disk. */
export class PageCache {
  readonly stored: StoredPages
  readonly queue: RenderQueue
  private readonly warmer: CacheWarmer
  private subscription: Subscription | null = null
  private timer: NodeJS.Timeout | null = null
  private connected = false
  private lastSeenId = 0
  private changesAwaitingFrontPage: number[] = []
  private savedAt = 0
  private saving: Promise<void> = Promise.resolve()
  private onFrontPageReady: () => void = () => undefined

  constructor(private readonly options: Options) {
    const { renderer, siteUrl, metrics, maxBytes } = options
    const unboundedBytes = Math.round(maxBytes * UNBOUNDED_SHARE)
    this.stored = new StoredPages({ pages: maxBytes - unboundedBytes, unbounded: unboundedBytes })
    const { stored } = this
    this.queue = new RenderQueue({
      renderer,
      siteUrl,
      stored,
      metrics,
      isConnected: () => this.connected,
      onRecovered: () => this.rerender(),
    })
    this.warmer = new CacheWarmer({
      queue: this.queue,
      stored,
      siteUrl,
      onFrontPageReady: () => this.frontPageRendered(),
    })
  }

  /** Whether a change in the newsroom would be heard now: nothing is called fresh otherwise. */
  isConnected(): boolean {
    return this.connected
  }

  /** Takes the pages of the last run from disk; none of them counts as fresh. Returns how many there were. */
  async restore(): Promise<number> {
    const { pages, history } = await loadSnapshot(this.options.dataDir, this.options.siteUrl.origin)
    for (const page of pages.toReversed()) this.stored.set(page)
    this.lastSeenId = history
    return pages.length
  }

  /** Begins to listen to the newsroom; resolves when it hears for the first time, and what was missed is known. */
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

  /** Prints the front page, and goes on with what readers ask for next; resolves when the front page is there, or when it takes too long. */
  async warm(): Promise<void> {
    this.timer ??= setInterval(() => this.tick(), TICK_INTERVAL)
    const frontPage = new Promise<void>((resolve) => (this.onFrontPageReady = resolve))
    // If the renderer is not up yet, the queue renders again when the circuit breaker closes.
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
    this.stored.invalidate(notice.tags)
    this.deleteWithdrawn(notice.withdrawn)
    if (notice.at !== null && notice.tags.length > 0) this.changesAwaitingFrontPage.push(notice.at)
    this.rerender()
  }

  /** Whatever happened while nobody listened, nothing remembered is trusted any more, and what was taken down is forgotten. */
  private catchUp({ withdrawn, history }: CatchUp) {
    this.stored.invalidate(['*'])
    this.lastSeenId = Math.max(this.lastSeenId, history)
    this.deleteWithdrawn(withdrawn)
    this.connected = true
    this.rerender()
  }

  /** Before `warm`, there is no renderer yet that could print. */
  private rerender() {
    if (this.timer) void this.warmer.warm()
  }

  private handleDisconnect(reason: string) {
    // Told again with each try; only the first time it is news.
    if (!this.connected) return
    this.options.warn(`The newsroom is not heard any more (${reason}); asking again until it is.`)
    this.connected = false
    this.stored.invalidate(['*'])
    this.queue.startProbing({ untilProved: true })
  }

  /** Withdrawn words leave the memory and the disk at once. */
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

  /** One writing after the other: the later one knows more. */
  private save(): Promise<void> {
    this.savedAt = Date.now()
    const { dataDir, siteUrl, warn } = this.options
    this.saving = this.saving.then(() =>
      saveSnapshot(dataDir, siteUrl.origin, { pages: this.stored.recentPages(), history: this.lastSeenId }).catch(
        (error: unknown) => warn(`The remembered pages could not be kept on disk: ${String(error)}`),
      ),
    )
    return this.saving
  }
}
