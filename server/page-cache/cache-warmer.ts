import { isFilePath, isNewsroomPath, isOpsPath, readAddress } from '../http/address'
import { unescapeHtml } from '../http/page-metadata'
import { cacheKey } from './cache-key'
import { bytesOf, recompress, type Page } from './page'
import type { RenderQueue } from './render-queue'
import type { StoredPages } from './stored-pages'

/** Pages that are rendered again when they go stale, the last 200 stories among them; the others wait for a reader. */
const MAX_WARM_PAGES = 260

/** The pause after a page is so many times as long as its render, so that the renderer stays free for readers, editors and the next change. */
const PAUSE_FACTOR = 3

const RECOMPRESS_AFTER_HITS = 10

type Options = { queue: RenderQueue; stored: StoredPages; siteUrl: URL; onFrontPageReady: () => void }

/** Renders pages that readers are likely to request: at the start, and whenever something went stale. */
export class CacheWarmer {
  private rerun = false
  /** When the first of the warm pages changes without an event. Milliseconds since the epoch. */
  private nextStaleAt = Infinity
  private running: Promise<void> | null = null
  private resume: () => void = () => undefined

  constructor(private readonly options: Options) {}

  /** Renders what is not fresh; a call during a run starts it again with the front page. */
  warm(): Promise<void> {
    this.rerun = true
    this.resume()
    this.running ??= this.runUntilSettled().finally(() => (this.running = null))
    return this.running
  }

  /** Whether a warm page has changed without an event: a story went live, or a day began. */
  isDue(): boolean {
    return Date.now() >= this.nextStaleAt
  }

  /** In idle time, compresses one page with many hits, or one immutable file, as small as it gets. */
  async recompressOne() {
    if (this.running) return
    const { stored } = this.options
    const page =
      stored.recentPages().find((page) => !page.recompressed && page.fresh && page.hits >= RECOMPRESS_AFTER_HITS) ??
      stored.immutableFiles().find(({ recompressed }) => !recompressed)
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

  /** The front page first, because changes show there; then what it links to, what those pages link to, and what was read last. */
  private async warmOnce() {
    this.nextStaleAt = Infinity
    const pending = ['/']
    const seen = new Set(['/'])
    const enqueue = (key: string, first = false) => {
      if (seen.has(key) || seen.size >= MAX_WARM_PAGES) return
      seen.add(key)
      if (first) pending.unshift(key)
      else pending.push(key)
    }
    const renderAndPause = async (key: string) => {
      const startedAt = performance.now()
      const page = await this.renderIfStale(key)
      if (page) {
        // The older pages of /latest come before all other links: they lead to the newest stories.
        const older = nextPageOfLatest(page)
        if (older !== null) enqueue(older, true)
        for (const link of linksOf(page, this.options.siteUrl)) enqueue(link)
        if (key === '/') this.options.onFrontPageReady()
      }
      await this.pause(PAUSE_FACTOR * (performance.now() - startedAt))
    }
    const renderPending = async () => {
      const interrupted = () => this.rerun || this.options.queue.isOpen
      for (let key = pending.shift(); key !== undefined && !interrupted(); key = pending.shift())
        await renderAndPause(key)
    }
    await renderPending()
    for (const { key } of this.options.stored.recentPages()) enqueue(key)
    await renderPending()
  }

  /** Milliseconds; ends early when `warm` is called. */
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
    const page = isFresh ? cached : await this.options.queue.render(key).catch(() => null)
    if (page) this.nextStaleAt = Math.min(this.nextStaleAt, page.staleAt)
    return page
  }
}

/** The link to older stories on a page of /latest. */
function nextPageOfLatest(page: Page): string | null {
  if (!page.key.startsWith('/latest')) return null
  const [, older] = /<a href="(\/latest\?before=[\w-]+)" rel="next"/u.exec(bytesOf(page, 'identity').toString()) ?? []
  return older ?? null
}

/** The keys of the reader pages and public files that a page links to, in order, without queries. */
function linksOf(page: Page, siteUrl: URL): string[] {
  if (!page.contentType.startsWith('text/html')) return []
  const links = bytesOf(page, 'identity')
    .toString()
    .matchAll(/\b(?:href|src)="([^"]*)"/gu)
  const keys = Array.from(links, ([, link = '']) => keyOf(unescapeHtml(link).split(/[#?]/u)[0] ?? '', siteUrl))
  return keys.filter((key) => key !== null)
}

function keyOf(link: string, siteUrl: URL): string | null {
  const address = readAddress(link.startsWith(siteUrl.origin) ? link.slice(siteUrl.origin.length) : link)
  if (address === null) return null
  const { path } = address
  const isOfBuild = isFilePath(path) && path.startsWith('/_next/')
  return isNewsroomPath(path) || isOpsPath(path) || isOfBuild ? null : cacheKey(address)
}
