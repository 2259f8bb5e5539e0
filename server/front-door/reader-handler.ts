import type { IncomingMessage, ServerResponse } from 'node:http'
import { withDeadline } from '@/lib/deadline'
import type { RequestLog } from '../observability/request-log'
import { RenderError } from '../page-cache/render-request'
import type { Page } from '../page-cache/page'
import type { StoredPages } from '../page-cache/stored-pages'
import type { RenderQueue } from '../page-cache/render-queue'
import { STALE_IF_ERROR, HIT, sendPage } from '../page-cache/send-page'
import { sendErrorPage } from '../http/error-page'

/** How long a reader waits for a page to be printed: with old bytes at hand, and with none. Milliseconds. */
const READER_TIMEOUT = { withStale: 1000, withoutStale: 2500 }

/** After it failed, a page is not tried again for its next readers before this. Milliseconds. */
const RETRY_AFTER = 1000

type Options = {
  stored: StoredPages
  queue: RenderQueue
  common: readonly string[]
  /** Whether the database is there, as far as we can hear: what fails without it is not the page's fault. */
  isConnected: () => boolean
  observe: RequestLog
}

/** Answers readers: from memory, else freshly printed, else, when we are broken, with the bytes of before, and says so. */
export class ReaderHandler {
  private readonly failedAt = new WeakMap<Page, number>()

  constructor(private readonly options: Options) {}

  /** The quick way: sends the page if it is there and true, without asking anybody. */
  sendIfFresh(request: IncomingMessage, response: ServerResponse, key: string): boolean {
    const page = this.options.stored.get(key)
    if (page === undefined || !page.fresh || Date.now() >= page.staleAt) return false
    page.hits += 1
    sendPage(request, response, page, HIT, this.options.common)
    this.options.observe(request, response, 'hit', 0)
    return true
  }

  async send(request: IncomingMessage, response: ServerResponse, key: string) {
    const { queue, stored, common, observe } = this.options
    if (this.sendIfFresh(request, response, key)) return
    const startedAt = performance.now()
    const elapsed = () => performance.now() - startedAt
    const cached = stored.get(key)
    const hasStale = cached !== undefined && mayServeStale(cached)
    const failedRecently = cached ? Date.now() - (this.failedAt.get(cached) ?? 0) < RETRY_AFTER : false
    const result = queue.isOpen || (hasStale && failedRecently) ? unavailable : await this.rendered(key, hasStale)
    if (!(result instanceof RenderError)) {
      const status = `Broadsheet; fwd=${cached ? 'stale' : 'uri-miss'}${result.tags.length > 0 ? '; stored' : ''}`
      sendPage(request, response, result, status, [...common, 'Server-Timing', `print;dur=${elapsed().toFixed(1)}`])
      observe(request, response, 'miss', elapsed())
      return
    }
    // Asked once more: a withdrawal may have come in between.
    const stale = stored.get(key)
    if (stale && mayServeStale(stale)) {
      if (result.kind === 'failed') this.failedAt.set(stale, Date.now())
      sendPage(request, response, stale, STALE_IF_ERROR, common)
      observe(request, response, 'stale_if_error', elapsed())
      return
    }
    const isPageError = result.kind === 'failed' && this.options.isConnected() && (await queue.isHealthy())
    sendErrorPage(response, isPageError ? 500 : 503, common)
    observe(request, response, 'unavailable', elapsed())
  }

  /** The page, or what stood in its way, within the reader's patience; the printing goes on for those who come later. */
  private async rendered(key: string, hasStale: boolean): Promise<Page | RenderError> {
    const rendering = this.options.queue.render(key).catch((error: unknown) => {
      if (error instanceof RenderError) return error
      throw error
    })
    const milliseconds = hasStale ? READER_TIMEOUT.withStale : READER_TIMEOUT.withoutStale
    return withDeadline(milliseconds, rendering, () => {
      this.options.queue.startProbing()
      return new RenderError('unavailable', 'The page takes too long.')
    })
  }
}

const unavailable = new RenderError('unavailable', 'The renderer was away a moment ago.')

/**
 * Old bytes of a page are better than none, also when something newer was to stand there by now. They are not once a story on it has ended, nor of
 * "there is nothing here" and "this was withdrawn": both may be untrue by now.
 */
function mayServeStale(page: Page): boolean {
  return page.status < 400 && Date.now() < page.neverServeAfter
}
