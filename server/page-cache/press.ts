import http from 'node:http'
import type { Metrics } from '../observing/metrics'
import { askRenderer, RendererFault } from './ask-renderer'
import { finishPage, makePage, type Page } from './page'
import type { PageMemory } from './page-memory'

/** The renderer uses about one core; more at once only makes each of them slower. */
const PRINTS_AT_ONCE = 8
const QUEUE_AT_MOST = 1000

/** A page that takes longer is given up. Milliseconds. */
const PRINTS_WITHIN = 8000

/** A healthy renderer shows the front page within this; asked when something looks broken. Milliseconds. */
const PROBE_WITHIN = 1000
const PROBE_AGAIN_AFTER = { first: 100, last: 300 }

/** A page printed while it keeps going stale is taken as it is after so many tries, and not called fresh. */
const TRIES = 4

type Options = {
  renderer: { readonly origin: string | null }
  siteUrl: URL
  memory: PageMemory
  metrics: Metrics
  /** Whether we would hear of a change: what is printed while we are deaf is never called fresh. */
  hearing: () => boolean
  /** Called when the renderer works again. */
  onMended: () => void
}

/** Prints pages, each one once at a time, and knows whether the renderer and what stands behind it work. */
export class Press {
  private readonly printing = new Map<string, Promise<Page>>()
  private readonly waiting = { readers: [] as (() => void)[], nobody: [] as (() => void)[] }
  private busy = 0
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  /** What the renderer has in hand. */
  private readonly asked = new Set<AbortController>()
  private probing = false
  private looking: Promise<'shown' | RendererFault['kind']> | null = null
  private closed = false
  /** The renderer was asked for the front page and did not show it: nobody should wait for it now. */
  broken = false

  constructor(private readonly options: Options) {}

  /**
   * The page printed now; whoever asks meanwhile waits for the same printing.
   * @throws RendererFault
   */
  print(key: string, readerWaits = true): Promise<Page> {
    const already = this.printing.get(key)
    if (already) return already
    const printing = this.printInTurn(key, readerWaits).finally(() => this.printing.delete(key))
    this.printing.set(key, printing)
    return printing
  }

  /**
   * Something looks wrong: finds out whether it is, and if so asks again and again until it works.
   * @param untilProved nobody should wait for the renderer before it has shown that it works
   */
  suspect({ untilProved = false } = {}) {
    if (untilProved && !this.broken && !this.closed) this.breakDown()
    if (!this.probing) void this.probe().finally(() => (this.probing = false))
    this.probing = true
  }

  /** Finds out now whether the renderer shows the front page: a page that failed may be its own fault, or everybody's. */
  async works(): Promise<boolean> {
    const works = !this.broken && (await this.lookAtFrontPage()) === 'shown'
    if (!works) this.suspect()
    return works
  }

  close() {
    this.closed = true
    this.giveUpAll()
    this.agent.destroy()
  }

  private async printInTurn(key: string, readerWaits: boolean): Promise<Page> {
    await this.turn(readerWaits)
    const began = performance.now()
    try {
      // Found broken while it waited for its turn: the renderer is spared what nobody waits for any more.
      if (this.broken) throw new RendererFault('away', 'The renderer shows no pages now.')
      const page = await this.printUntilTrue(key)
      this.options.metrics.renders.printed += 1
      this.options.metrics.renderSeconds.observe((performance.now() - began) / 1000)
      return page
    } catch (error) {
      const fault = error instanceof RendererFault ? error : new RendererFault('failed', String(error))
      this.options.metrics.renders[fault.kind] += 1
      if (fault.kind === 'away' || !this.options.hearing()) this.suspect()
      throw fault
    } finally {
      this.pass()
    }
  }

  /** A page whose names went stale while it was being printed, or on which a story ended meanwhile, may show what was: it is printed again. */
  private async printUntilTrue(key: string): Promise<Page> {
    const { memory, hearing } = this.options
    for (let tries = 1; ; tries += 1) {
      const watch = memory.watch()
      try {
        const page = await makePage(await this.ask(key, PRINTS_WITHIN))
        const overtaken = watch.madeStale(page.tags) || Date.now() >= page.ends
        if (overtaken && tries < TRIES) continue
        page.fresh = page.file !== 'no' || (page.tags.length > 0 && hearing() && !overtaken)
        // What was overtaken again and again may show what was withdrawn since: it is for those who wait, and not remembered.
        if (overtaken || (page.tags.length === 0 && page.file === 'no')) memory.forget(key)
        else this.keep(page)
        return page
      } finally {
        watch.end()
      }
    }
  }

  /** Kept at once; finished when the first reader has it. */
  private keep(page: Page) {
    const { memory } = this.options
    memory.keep(page)
    setImmediate(() => void finishPage(page).then(() => memory.weighAgain(page)))
  }

  private async ask(key: string, within: number) {
    const { renderer, siteUrl } = this.options
    if (renderer.origin === null) throw new RendererFault('away', 'The renderer is not there.')
    const question = new AbortController()
    const late = setTimeout(() => question.abort(), within)
    this.asked.add(question)
    try {
      return await askRenderer({ origin: renderer.origin, key, siteUrl, agent: this.agent, signal: question.signal })
    } finally {
      clearTimeout(late)
      this.asked.delete(question)
    }
  }

  private async probe() {
    for (let pause = PROBE_AGAIN_AFTER.first; !this.closed; pause = Math.min(pause * 2, PROBE_AGAIN_AFTER.last)) {
      const seen = await this.lookAtFrontPage()
      // A front page that fails while the database is there has a fault of its own, and that is no reason to print no other.
      if (seen === 'shown' || (seen === 'failed' && this.options.hearing())) break
      if (!this.broken) this.breakDown()
      await new Promise((resolve) => setTimeout(resolve, pause).unref())
    }
    if (!this.broken) return
    this.broken = false
    this.options.onMended()
  }

  private lookAtFrontPage(): Promise<'shown' | RendererFault['kind']> {
    this.looking ??= this.ask('/', PROBE_WITHIN)
      .then(
        () => 'shown' as const,
        (error: unknown) => (error instanceof RendererFault ? error.kind : 'failed'),
      )
      .finally(() => (this.looking = null))
    return this.looking
  }

  /** Who waits is told at once; what the renderer still has in hand nobody will read. */
  private breakDown() {
    this.broken = true
    this.giveUpAll()
  }

  private giveUpAll() {
    for (const question of this.asked) question.abort()
  }

  private async turn(readerWaits: boolean) {
    if (this.busy < PRINTS_AT_ONCE) {
      this.busy += 1
      return
    }
    const queue = readerWaits ? this.waiting.readers : this.waiting.nobody
    if (queue.length >= QUEUE_AT_MOST) throw new RendererFault('away', 'Too many pages are waiting to be printed.')
    await new Promise<void>((resolve) => queue.push(resolve))
  }

  private pass() {
    const next = this.waiting.readers.shift() ?? this.waiting.nobody.shift()
    if (next) next()
    else this.busy -= 1
  }
}
