import http from 'node:http'
import { Backoff } from '@/lib/backoff'
import type { Metrics } from '../observability/metrics'
import { compressPage, makePage, type Page } from './page'
import { requestRender, RenderError } from './render-request'
import { isOfUnboundedKey, type StoredPages } from './stored-pages'
import { WaitingRenders, type RenderKind, type WaitingRender } from './waiting-renders'

/** The renderer uses about one core; more requests at once only slow each other down. */
const MAX_CONCURRENT = 8

/** Milliseconds. */
const RENDER_TIMEOUT = 8000

/** A healthy renderer renders the front page within this, or, while it is busy, any other page; on a slow machine eight at once take long. Milliseconds. */
const PROBE_TIMEOUT = 4000
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
  private readonly inFlight = new Map<string, Render>()
  private readonly waiting = new WaitingRenders()
  private active = 0
  /** When the renderer last rendered a page. Milliseconds, as `performance.now`. */
  private renderedAt = -Infinity
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
   * Renders a page; concurrent calls for a key share one render. A render that has not begun when its last reader goes away is dropped, unless
   * the page is stored and stale: then it waits on without a reader.
   * @param reader who waits; null: nobody does
   * @throws RenderError
   */
  render(key: string, reader: Reader | null = null): Promise<Page> {
    const kind = this.kindOf(key, reader)
    const existing = this.inFlight.get(key)
    if (existing && kind !== 'background' && existing.waiting?.kind === 'background')
      this.waiting.change(existing.waiting, kind, reader?.network)
    const render = existing ?? this.begin(key, kind, reader?.network ?? '')
    if (reader) this.addReader(render, reader)
    return render.page
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

  private kindOf(key: string, reader: Reader | null): RenderKind {
    if (!reader) return 'background'
    const stored = this.options.stored.peek(key)
    return stored && !isOfUnboundedKey(stored) ? 'stale' : 'missing'
  }

  private begin(key: string, kind: RenderKind, network: string): Render {
    const render: Render = { readers: 0, waiting: null, page: undefined as never }
    this.inFlight.set(key, render)
    render.page = this.renderWhenFree(key, render, { kind, network }).finally(() => this.inFlight.delete(key))
    return render
  }

  private addReader(render: Render, { left }: Reader) {
    render.readers += 1
    const onLeft = () => {
      render.readers -= 1
      const { waiting } = render
      if (render.readers > 0 || waiting === null || waiting.kind === 'background') return
      if (waiting.kind === 'stale') this.waiting.change(waiting, 'background')
      else if (this.waiting.remove(waiting)) waiting.reject(new RenderError('abandoned', 'Nobody waits for the page.'))
    }
    left.addEventListener('abort', onLeft, { once: true })
    const forget = () => left.removeEventListener('abort', onLeft)
    render.page.then(forget, forget)
  }

  private async renderWhenFree(
    key: string,
    render: Render,
    { kind, network }: { kind: RenderKind; network: string },
  ): Promise<Page> {
    const turn = await this.waitForTurn(render, { kind, network }).catch((error: RenderError) => {
      this.options.metrics.renders[error.kind] += 1
      throw error
    })
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
      this.waiting.ended(turn)
      this.active -= 1
      this.startNext()
    }
  }

  /** A page that is invalidated during its render, or has a story that ends meanwhile, is rendered again. */
  private async renderUntilFresh(key: string): Promise<Page> {
    const { stored, isConnected } = this.options
    for (let attempt = 1; ; attempt += 1) {
      const tracker = stored.trackInvalidations()
      try {
        const page = await makePage(await this.request(key, RENDER_TIMEOUT))
        // Files need no database.
        if (page.tags.length > 0) this.renderedAt = performance.now()
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

  /** A front page that is late behind others is no failure: the renderer is busy. */
  private probeFrontPage(): Promise<ProbeResult> {
    const startedAt = performance.now()
    this.probeInFlight ??= this.request('/', PROBE_TIMEOUT)
      .then(
        () => 'rendered' as const,
        (error: unknown) => {
          const kind = error instanceof RenderError ? error.kind : 'failed'
          return kind === 'unavailable' && this.renderedAt > startedAt ? 'rendered' : kind
        },
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

  private waitForTurn(
    render: Render,
    { kind, network }: { kind: RenderKind; network: string },
  ): Promise<WaitingRender> {
    return new Promise<WaitingRender>((resolve, reject) => {
      const since = performance.now()
      const waiting: WaitingRender = { kind, network, since, start: () => resolve(waiting), reject }
      render.waiting = waiting
      this.waiting.add(waiting)
      this.startNext()
    }).finally(() => (render.waiting = null))
  }

  private startNext() {
    while (this.active < MAX_CONCURRENT) {
      const next = this.waiting.next()
      if (!next) return
      this.active += 1
      next.start()
    }
  }
}

/** Somebody who waits for a page. `left`: aborted when they have gone away, or have had another response. */
export type Reader = { network: string; left: AbortSignal }

/** A render that waits or has begun. */
type Render = {
  page: Promise<Page>
  /** How many readers have not gone away. */
  readers: number
  /** Null once it has begun. */
  waiting: WaitingRender | null
}

type ProbeResult = 'rendered' | RenderError['kind']
