import type { Ears, Listening, Missed } from '../invalidation/listening'
import type { Notice } from '../invalidation/notice'
import type { Metrics } from '../observing/metrics'
import { HotPages } from './hot-pages'
import { keepPages, recallPages } from './kept-pages'
import { PageMemory } from './page-memory'
import { Press } from './press'

/** How often the clock looks for something to do, and how often the pages are kept on disk at most. Milliseconds. */
const TICK_EVERY = 1000
const KEEP_EVERY = 30_000

/** A start waits so long for its first front page, then lets readers in anyway. Milliseconds. */
const FRONT_PAGE_WITHIN = 10_000

type Options = {
  siteUrl: URL
  dataDir: string
  /** How much may be remembered. Bytes. */
  room: number
  renderer: { readonly origin: string | null }
  metrics: Metrics
  said: (what: string) => void
}

/** The part of the room for what strangers can make up without end. */
const FOR_STRAYS = 0.25

/** Everything that is remembered for readers, and what keeps it true: the notices of the newsroom, the press, the clock and the disk. */
export class PageRoom {
  readonly memory: PageMemory
  readonly press: Press
  private readonly hot: HotPages
  private listening: Listening | null = null
  private clock: NodeJS.Timeout | null = null
  private heard = false
  private history = 0
  private changedSince: number[] = []
  private keptAt = 0
  private keeping: Promise<void> = Promise.resolve()
  private onFrontPage: () => void = () => undefined

  constructor(private readonly options: Options) {
    const { renderer, siteUrl, metrics, room } = options
    const strays = Math.round(room * FOR_STRAYS)
    this.memory = new PageMemory({ pages: room - strays, strays })
    const { memory } = this
    this.press = new Press({
      renderer,
      siteUrl,
      memory,
      metrics,
      hearing: () => this.heard,
      onMended: () => this.printAgain(),
    })
    this.hot = new HotPages({ press: this.press, memory, siteUrl, onFrontPage: () => this.frontPageIsPrinted() })
  }

  /** Whether a change in the newsroom would be heard now: nothing is called fresh otherwise. */
  hearing(): boolean {
    return this.heard
  }

  /** Takes the pages of the last run from disk; none of them counts as fresh. Returns how many there were. */
  async recall(): Promise<number> {
    const { pages, history } = await recallPages(this.options.dataDir, this.options.siteUrl.origin)
    for (const page of pages.toReversed()) this.memory.keep(page)
    this.history = history
    return pages.length
  }

  /** Begins to listen to the newsroom; resolves when it hears for the first time, and what was missed is known. */
  hear(listen: (ears: Ears) => Listening): Promise<void> {
    return new Promise((resolve) => {
      this.listening = listen({
        heardUpTo: () => this.history,
        onNotice: (notice) => this.takeNotice(notice),
        onHearing: (missed) => {
          this.catchUp(missed)
          resolve()
        },
        onDeaf: (why) => this.goDeaf(why),
      })
    })
  }

  /** Prints the front page, and goes on with what readers ask for next; resolves when the front page is there, or when it takes too long. */
  async warm(): Promise<void> {
    this.clock ??= setInterval(() => this.tick(), TICK_EVERY)
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, FRONT_PAGE_WITHIN)
      this.onFrontPage = () => {
        clearTimeout(late)
        resolve()
      }
      // A press that found nobody at home while the renderer started prints again by itself as soon as it is mended.
      void this.hot.print()
    })
  }

  async close() {
    if (this.clock) clearInterval(this.clock)
    await this.listening?.stop()
    this.press.close()
    await this.keep()
  }

  private takeNotice(notice: Notice) {
    this.options.metrics.notices += 1
    this.history = Math.max(this.history, notice.history)
    this.memory.makeStale(notice.tags)
    this.forget(notice.withdrawn)
    if (notice.at !== null && notice.tags.length > 0) this.changedSince.push(notice.at)
    this.printAgain()
  }

  /** Whatever happened while nobody listened, nothing remembered is trusted any more, and what was taken down is forgotten. */
  private catchUp({ withdrawn, history }: Missed) {
    this.memory.makeStale(['*'])
    this.history = Math.max(this.history, history)
    this.forget(withdrawn)
    this.heard = true
    this.printAgain()
  }

  /** Before `warm`, there is no renderer yet that could print. */
  private printAgain() {
    if (this.clock) void this.hot.print()
  }

  private goDeaf(why: string) {
    // Told again with each try; only the first time it is news.
    if (!this.heard) return
    this.options.said(`The newsroom is not heard any more (${why}); asking again until it is.`)
    this.heard = false
    this.memory.makeStale(['*'])
    this.press.suspect({ untilProved: true })
  }

  /** Withdrawn words leave the memory and the disk at once. */
  private forget(withdrawn: Notice['withdrawn']) {
    if (withdrawn.length === 0) return
    this.memory.forgetWithdrawn(withdrawn)
    void this.keep()
  }

  private frontPageIsPrinted() {
    const now = Date.now()
    for (const at of this.changedSince.splice(0))
      this.options.metrics.publishToLiveSeconds.observe(Math.max(0, now - at) / 1000)
    this.onFrontPage()
  }

  private tick() {
    if (this.hot.due()) void this.hot.print()
    else void this.hot.pressOneHarder()
    if (Date.now() - this.keptAt > KEEP_EVERY) void this.keep()
  }

  /** One writing after the other: the later one knows more. */
  private keep(): Promise<void> {
    this.keptAt = Date.now()
    const { dataDir, siteUrl, said } = this.options
    this.keeping = this.keeping.then(() =>
      keepPages(dataDir, siteUrl.origin, { pages: this.memory.recentPages(), history: this.history }).catch(
        (error: unknown) => said(`The remembered pages could not be kept on disk: ${String(error)}`),
      ),
    )
    return this.keeping
  }
}
