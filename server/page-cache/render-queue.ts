import http from 'node:http'
import { Backoff } from '@/lib/backoff'
import type { Metrics } from '../observability/metrics'
import { compressPage, makePage, type Page } from './page'
import { requestRender, RenderError } from './render-request'
import type { StoredPages } from './stored-pages'

/** The renderer uses about one core; more requests at once only slow each other down. */
const MAX_CONCURRENT = 8
const MAX_QUEUED = 1000

/** Milliseconds. */
const RENDER_TIMEOUT = 8000

/** A healthy renderer renders the front page within this. Milliseconds. */
const PROBE_TIMEOUT = 1000
const PROBE_DELAY = { first: 100, last: 300 }

/** A page that is invalidated during every one of so many renders is returned, and not stored. */
const MAX_ATTEMPTS = 4

type Options = {
  renderer: { readonly origin: string | null }
  siteUrl: URL
  stored: StoredPages
  metrics: Metrics
  /** Whether notices arrive: what is rendered without them is not fresh. */
  isConnected: () => boolean
  /** Called when the circuit breaker closes. */
  onRecovered: () => void
}

/** Renders each page once at a time, with a circuit breaker for the renderer and what it depends on. */
export class RenderQueue {
  private readonly inFlight = new Map<string, Promise<Page>>()
  private readonly waiting = { readers: [] as (() => void)[], background: [] as (() => void)[] }
  private active = 0
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  /** The requests in flight to the renderer. */
  private readonly requests = new Set<AbortController>()
  private probing = false
  private probeInFlight: Promise<ProbeResult> | null = null
  private closed = false
  /** The circuit breaker: open after the renderer failed to render the front page, until it succeeds. */
  isOpen = false

  constructor(private readonly options: Options) {}

  /**
   * Renders a page; concurrent calls for a key share one render.
   * @throws RenderError
   */
  render(key: string, readerIsWaiting = true): Promise<Page> {
    const existing = this.inFlight.get(key)
    if (existing) return existing
    const rendering = this.renderWhenFree(key, readerIsWaiting).finally(() => this.inFlight.delete(key))
    this.inFlight.set(key, rendering)
    return rendering
  }

  /**
   * Probes the front page until it renders. The breaker opens with the first failure.
   * @param openNow opens the breaker before the first probe
   */
  startProbing({ openNow = false } = {}) {
    if (openNow && !this.isOpen && !this.closed) this.trip()
    if (!this.probing) void this.probeUntilHealthy().finally(() => (this.probing = false))
    this.probing = true
  }

  /** Probes once: distinguishes an error of one page from a failure of the renderer. */
  async isHealthy(): Promise<boolean> {
    const healthy = !this.isOpen && (await this.probeFrontPage()) === 'rendered'
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
      // The breaker may have opened while this call was queued.
      if (this.isOpen) throw new RenderError('unavailable', 'The circuit breaker is open.')
      const page = await this.renderUntilFresh(key)
      this.options.metrics.renders.rendered += 1
      this.options.metrics.renderSeconds.observe((performance.now() - startedAt) / 1000)
      return page
    } catch (error) {
      const renderError = error instanceof RenderError ? error : new RenderError('failed', String(error))
      this.options.metrics.renders[renderError.kind] += 1
      if (renderError.kind === 'unavailable' || !this.options.isConnected()) this.startProbing()
      throw renderError
    } finally {
      this.release()
    }
  }

  /** A page that is invalidated during its render, or has a story that ends meanwhile, is rendered again. */
  private async renderUntilFresh(key: string): Promise<Page> {
    const { stored, isConnected } = this.options
    for (let attempt = 1; ; attempt += 1) {
      const tracker = stored.trackInvalidations()
      try {
        const page = await makePage(await this.request(key, RENDER_TIMEOUT))
        const wasInvalidated = tracker.wasInvalidated(page.tags) || Date.now() >= page.neverServeAfter
        if (wasInvalidated && attempt < MAX_ATTEMPTS) continue
        const isFile = page.kind !== 'page'
        const isTagged = page.tags.length > 0
        page.fresh = isFile || (isTagged && isConnected() && !wasInvalidated)
        // An invalidated page may show a story that was withdrawn since.
        if (wasInvalidated || !(isFile || isTagged)) stored.delete(key)
        else this.store(page)
        return page
      } finally {
        tracker.stop()
      }
    }
  }

  /** Compression goes on after the first reader has the page. */
  private store(page: Page) {
    const { stored } = this.options
    stored.set(page)
    setImmediate(() => void compressPage(page).then(() => stored.resize(page)))
  }

  private async request(key: string, milliseconds: number) {
    const { siteUrl } = this.options
    const { origin } = this.options.renderer
    if (origin === null) throw new RenderError('unavailable', 'The renderer is not running.')
    const controller = new AbortController()
    const timeout = setTimeout(() => controller.abort(), milliseconds)
    this.requests.add(controller)
    try {
      return await requestRender({ origin, key, siteUrl, agent: this.agent, signal: controller.signal })
    } finally {
      clearTimeout(timeout)
      this.requests.delete(controller)
    }
  }

  private async probeUntilHealthy() {
    const backoff = new Backoff(PROBE_DELAY)
    while (!this.closed) {
      const result = await this.probeFrontPage()
      // While the database is reachable, a front page that fails has an error of its own: other pages can be rendered.
      if (result === 'rendered' || (result === 'failed' && this.options.isConnected())) break
      if (!this.isOpen) this.trip()
      await new Promise((resolve) => setTimeout(resolve, backoff.next()).unref())
    }
    if (!this.isOpen) return
    this.isOpen = false
    this.options.onRecovered()
  }

  private probeFrontPage(): Promise<ProbeResult> {
    this.probeInFlight ??= this.request('/', PROBE_TIMEOUT)
      .then(
        () => 'rendered' as const,
        (error: unknown) => (error instanceof RenderError ? error.kind : 'failed'),
      )
      .finally(() => (this.probeInFlight = null))
    return this.probeInFlight
  }

  /** Opens the breaker and aborts the requests in flight, so that their callers do not wait. */
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
    if (queue.length >= MAX_QUEUED) throw new RenderError('unavailable', 'The render queue is full.')
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  private release() {
    const next = this.waiting.readers.shift() ?? this.waiting.background.shift()
    if (next) next()
    else this.active -= 1
  }
}

type ProbeResult = 'rendered' | RenderError['kind']
