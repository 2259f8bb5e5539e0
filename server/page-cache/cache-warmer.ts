import { isFilePath, isOpsPath, isNewsroomPath, readAddress } from '../http/address'
import { unescapeHtml } from '../http/page-metadata'
import { bytesOf, recompress, type Page } from './page'
import { cacheKey } from './cache-key'
import type { StoredPages } from './stored-pages'
import type { RenderQueue } from './render-queue'

/** So many pages are printed again when they go stale, the last 200 stories among them; the others wait for a reader. */
const MAX_WARM_PAGES = 260

/** After each page it rests for so many times as long as the page took: readers, editors and the next change should find the renderer free. */
const PAUSE_FACTOR = 3

/** A page that was asked for this often is worth pressing as small as it gets. */
const RECOMPRESS_AFTER_HITS = 10

type Options = { queue: RenderQueue; stored: StoredPages; siteUrl: URL; onFrontPageReady: () => void }

/** Prints the pages that readers will ask for next, before they ask: at the start, and whenever something went stale. */
export class CacheWarmer {
  private rerun = false
  /** When the first of the pages printed here changes by itself. Milliseconds since the epoch. */
  private nextStaleAt = Infinity
  private running: Promise<void> | null = null
  private resume: () => void = () => undefined

  constructor(private readonly options: Options) {}

  /** Prints whatever is not fresh; asked again meanwhile, it begins once more with the front page. */
  warm(): Promise<void> {
    this.rerun = true
    this.resume()
    this.running ??= this.runUntilSettled().finally(() => (this.running = null))
    return this.running
  }

  /** Has one of these pages changed by itself, because a story went live or a day began? */
  isDue(): boolean {
    return Date.now() >= this.nextStaleAt
  }

  /** Presses the page that readers want most, one at a time, when there is nothing else to do; and every file that stays as it is, because it is done once. */
  async recompressOne() {
    if (this.running) return
    const { stored } = this.options
    const pending = stored
      .recentPages()
      .find((page) => !page.recompressed && page.fresh && page.hits >= RECOMPRESS_AFTER_HITS)
    const page = pending ?? stored.immutableFiles().find(({ recompressed: pressedHard }) => !pressedHard)
    if (!page) return
    await recompress(page)
    stored.resize(page)
  }

  private async runUntilSettled() {
    while (this.rerun && !this.options.queue.isOpen) {
      this.rerun = false
      await this.warmOnce()
    }
  }

  /** The front page first and alone, because changes are seen there; then what it links to, then what those link to, then what was read lately. */
  private async warmOnce() {
    this.nextStaleAt = Infinity
    const pending: string[] = []
    const seen = new Set(['/'])
    const enqueue = (key: string, first = false) => {
      if (seen.has(key) || seen.size >= MAX_WARM_PAGES) return
      seen.add(key)
      if (first) pending.unshift(key)
      else pending.push(key)
    }
    const renderAndEnqueueLinks = async (key: string) => {
      const page = await this.renderIfStale(key)
      if (page === null) return null
      // The list of all stories is followed back in time before anything else, so that the newest stories are what is found.
      const older = nextPageOfLatest(page)
      if (older !== null) enqueue(older, true)
      for (const link of linksOf(page, this.options.siteUrl)) enqueue(link)
      return page
    }
    const renderAndPause = async (key: string) => {
      const startedAt = performance.now()
      const page = await renderAndEnqueueLinks(key)
      if (key === '/' && page) this.options.onFrontPageReady()
      await this.pause(PAUSE_FACTOR * (performance.now() - startedAt))
    }
    const renderPending = async () => {
      const interrupted = () => this.rerun || this.options.queue.isOpen
      for (let key = pending.shift(); key !== undefined && !interrupted(); key = pending.shift())
        await renderAndPause(key)
    }
    await renderAndPause('/')
    await renderPending()
    for (const { key } of this.options.stored.recentPages()) enqueue(key)
    await renderPending()
  }

  /** Milliseconds, or until something is to be printed again. */
  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timeout = setTimeout(resolve, milliseconds).unref()
      this.resume = () => {
        clearTimeout(timeout)
        resolve()
      }
    })
  }

  private async renderIfStale(key: string): Promise<Page | null> {
    const cached = this.options.stored.peek(key)
    const isFresh = cached?.fresh && Date.now() < cached.staleAt
    const page = isFresh ? cached : await this.options.queue.render(key, false).catch(() => null)
    if (page) this.nextStaleAt = Math.min(this.nextStaleAt, page.staleAt)
    return page
  }
}

/** Where the list of all stories goes on, on a page of that list. */
function nextPageOfLatest(page: Page): string | null {
  if (!page.key.startsWith('/latest')) return null
  const [, older] = /<a href="(\/latest\?before=[\w-]+)" rel="next"/u.exec(bytesOf(page, 'identity').toString()) ?? []
  return older ?? null
}

/** The reader pages a page links to, in its order; no searches, no older lists, no files. */
function linksOf(page: Page, siteUrl: URL): string[] {
  if (!page.contentType.startsWith('text/html')) return []
  const links = bytesOf(page, 'identity')
    .toString()
    .matchAll(/\bhref="([^"#?]*)[^"]*"/gu)
  const keys = Array.from(links, ([, link = '']) => keyOf(unescapeHtml(link), siteUrl))
  return keys.filter((key) => key !== null)
}

function keyOf(link: string, siteUrl: URL): string | null {
  const address = readAddress(link.startsWith(siteUrl.origin) ? link.slice(siteUrl.origin.length) : link)
  if (address === null) return null
  const { path } = address
  return isNewsroomPath(path) || isOpsPath(path) || isFilePath(path) ? null : cacheKey(address)
}
