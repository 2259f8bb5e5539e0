import http from 'node:http'
import { Backoff } from '@/lib/backoff'
import type { Metrics } from '../observability/metrics'
import { requestRender, RenderError } from './render-request'
import { compressPage, makePage, type Page } from './page'
import type { StoredPages } from './stored-pages'

/** The renderer uses about one core; more at once only makes each of them slower. */
const MAX_CONCURRENT = 8
const MAX_QUEUED = 1000

/** A page that takes longer is given up. Milliseconds. */
const RENDER_TIMEOUT = 8000

/** A healthy renderer shows the front page within this; asked when something looks broken. Milliseconds. */
const PROBE_TIMEOUT = 1000
const PROBE_DELAY = { first: 100, last: 300 }

/** A page printed while it keeps going stale is taken as it is after so many tries, and not called fresh. */
const MAX_ATTEMPTS = 4

type Options = {
  renderer: { readonly origin: string | null }
  siteUrl: URL
  stored: StoredPages
  metrics: Metrics
  /** Whether we would hear of a change: what is printed while we are deaf is never called fresh. */
  isConnected: () => boolean
  /** Called when the renderer works again. */
  onRecovered: () => void
}

/** Prints pages, each one once at a time, and knows whether the renderer and what stands behind it work. */
export class RenderQueue {
  private readonly inFlight = new Map<string, Promise<Page>>()
  private readonly waiting = { readers: [] as (() => void)[], background: [] as (() => void)[] }
  private active = 0
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  /** What the renderer has in hand. */
  private readonly requests = new Set<AbortController>()
  private probing = false
  private probeInFlight: Promise<'shown' | RenderError['kind']> | null = null
  private closed = false
  /** The renderer was asked for the front page and did not show it: nobody should wait for it now. */
  isOpen = false

  constructor(private readonly options: Options) {}

  /**
   * The page printed now; whoever asks meanwhile waits for the same printing.
   * @throws RendererFault
   */
  render(key: string, readerIsWaiting = true): Promise<Page> {
    const existing = this.inFlight.get(key)
    if (existing) return existing
    const rendering = this.renderWhenFree(key, readerIsWaiting).finally(() => this.inFlight.delete(key))
    this.inFlight.set(key, rendering)
    return rendering
  }

  /**
   * Something looks wrong: finds out whether it is, and if so asks again and again until it works.
   * @param untilProved nobody should wait for the renderer before it has shown that it works
   */
  startProbing({ untilProved = false } = {}) {
    if (untilProved && !this.isOpen && !this.closed) this.trip()
    if (!this.probing) void this.probeUntilHealthy().finally(() => (this.probing = false))
    this.probing = true
  }

  /** Finds out now whether the renderer shows the front page: a page that failed may be its own fault, or everybody's. */
  async isHealthy(): Promise<boolean> {
    const healthy = !this.isOpen && (await this.probeFrontPage()) === 'shown'
    if (!healthy) this.startProbing()
    return healthy
  }

  close() {
    this.closed = true
    this.abortAll()
    this.agent.destroy()
  }

  private async renderWhenFree(key: string, readerIsWaiting: boolean): Promise<Page> {
    await this.acquire(readerIsWaiting)
    const startedAt = performance.now()
    try {
      // Found broken while it waited for its turn: the renderer is spared what nobody waits for any more.
      if (this.isOpen) throw new RenderError('away', 'The renderer shows no pages now.')
      const page = await this.renderUntilFresh(key)
      this.options.metrics.renders.rendered += 1
      this.options.metrics.renderSeconds.observe((performance.now() - startedAt) / 1000)
      return page
    } catch (error) {
      const renderError = error instanceof RenderError ? error : new RenderError('failed', String(error))
      this.options.metrics.renders[renderError.kind === 'away' ? 'unavailable' : 'failed'] += 1
      if (renderError.kind === 'away' || !this.options.isConnected()) this.startProbing()
      throw renderError
    } finally {
      this.release()
    }
  }

  /** A page whose names went stale while it was being printed, or on which a story ended meanwhile, may show what was: it is printed again. */
  private async renderUntilFresh(key: string): Promise<Page> {
    const { stored, isConnected } = this.options
    for (let attempt = 1; ; attempt += 1) {
      const tracker = stored.trackInvalidations()
      try {
        const page = await makePage(await this.request(key, RENDER_TIMEOUT))
        const wasInvalidated = tracker.wasInvalidated(page.tags) || Date.now() >= page.neverServeAfter
        if (wasInvalidated && attempt < MAX_ATTEMPTS) continue
        page.fresh = page.kind !== 'no' || (page.tags.length > 0 && isConnected() && !wasInvalidated)
        // What was overtaken again and again may show what was withdrawn since: it is for those who wait, and not remembered.
        if (wasInvalidated || (page.tags.length === 0 && page.kind === 'no')) stored.delete(key)
        else this.store(page)
        return page
      } finally {
        tracker.stop()
      }
    }
  }

  /** Kept at once; finished when the first reader has it. */
  private store(page: Page) {
    const { stored } = this.options
    stored.set(page)
    setImmediate(() => void compressPage(page).then(() => stored.resize(page)))
  }

  private async request(key: string, milliseconds: number) {
    const { renderer, siteUrl } = this.options
    if (renderer.origin === null) throw new RenderError('away', 'The renderer is not there.')
    const controller = new AbortController()
    const timeout = setTimeout(() => controller.abort(), milliseconds)
    this.requests.add(controller)
    try {
      return await requestRender({
        origin: renderer.origin,
        key,
        siteUrl,
        agent: this.agent,
        signal: controller.signal,
      })
    } finally {
      clearTimeout(timeout)
      this.requests.delete(controller)
    }
  }

  private async probeUntilHealthy() {
    const backoff = new Backoff(PROBE_DELAY)
    while (!this.closed) {
      const result = await this.probeFrontPage()
      // A front page that fails while the database is there has a fault of its own, and that is no reason to print no other.
      if (result === 'shown' || (result === 'failed' && this.options.isConnected())) break
      if (!this.isOpen) this.trip()
      await new Promise((resolve) => setTimeout(resolve, backoff.next()).unref())
    }
    if (!this.isOpen) return
    this.isOpen = false
    this.options.onRecovered()
  }

  private probeFrontPage(): Promise<'shown' | RenderError['kind']> {
    this.probeInFlight ??= this.request('/', PROBE_TIMEOUT)
      .then(
        () => 'shown' as const,
        (error: unknown) => (error instanceof RenderError ? error.kind : 'failed'),
      )
      .finally(() => (this.probeInFlight = null))
    return this.probeInFlight
  }

  /** Who waits is told at once; what the renderer still has in hand nobody will read. */
  private trip() {
    this.isOpen = true
    this.abortAll()
  }

  private abortAll() {
    for (const controller of this.requests) controller.abort()
  }

  private async acquire(readerIsWaiting: boolean) {
    if (this.active < MAX_CONCURRENT) {
      this.active += 1
      return
    }
    const queue = readerIsWaiting ? this.waiting.readers : this.waiting.background
    if (queue.length >= MAX_QUEUED) throw new RenderError('away', 'Too many pages are waiting to be printed.')
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  private release() {
    const next = this.waiting.readers.shift() ?? this.waiting.background.shift()
    if (next) next()
    else this.active -= 1
  }
}
