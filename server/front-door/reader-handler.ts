import type { IncomingMessage, ServerResponse } from 'node:http'
import { networkOf } from '@/domain/people/network'
import { withDeadline } from '@/lib/deadline'
import { sendErrorPage } from '../http/error-page'
import { clientAddress } from '../http/headers'
import type { RequestLog } from '../observability/request-log'
import type { Page } from '../page-cache/page'
import type { PageCache } from '../page-cache/page-cache'
import { RenderError } from '../page-cache/render-request'
import { HIT, sendPage, STALE_IF_ERROR } from '../page-cache/send-page'

/** How long a client waits for a render: with a stale page to fall back on, and without. Milliseconds. */
const READER_TIMEOUT = { withStale: 1000, withoutStale: 2500 }

/** A page whose render failed is served stale for this long before the next attempt. Milliseconds. */
const RETRY_AFTER = 1000

type Options = { pageCache: PageCache; common: readonly string[]; observe: RequestLog; trustProxy: boolean }

/** Serves reader pages: a fresh one from the cache, else a new render, else, if that fails, a stale page (stale-if-error). */
export class ReaderHandler {
  private readonly failedAt = new WeakMap<Page, number>()

  constructor(private readonly options: Options) {}

  /** The fast path: a cache hit. */
  sendIfFresh(request: IncomingMessage, response: ServerResponse, key: string): boolean {
    const page = this.options.pageCache.stored.get(key)
    if (page === undefined || !page.fresh || Date.now() >= page.staleAt) return false
    page.hits += 1
    sendPage(request, response, page, HIT, this.options.common)
    this.options.observe(request, response, 'hit', 0)
    return true
  }

  async send(request: IncomingMessage, response: ServerResponse, key: string) {
    const { pageCache, common, observe } = this.options
    const { queue, stored } = pageCache
    if (this.sendIfFresh(request, response, key)) return
    const startedAt = performance.now()
    const elapsed = () => performance.now() - startedAt
    const cached = stored.get(key)
    const hasStale = cached !== undefined && mayServeStale(cached)
    const failedRecently = cached ? Date.now() - (this.failedAt.get(cached) ?? 0) < RETRY_AFTER : false
    const result =
      queue.isOpen || (hasStale && failedRecently)
        ? unavailable
        : await this.rendered(request, response, { key, hasStale })
    if (response.destroyed) return observe(request, response, 'gone', elapsed())
    if (!(result instanceof RenderError)) {
      const status = `Broadsheet; fwd=${cached ? 'stale' : 'uri-miss'}${result.tags.length > 0 ? '; stored' : ''}`
      sendPage(request, response, result, status, [...common, 'Server-Timing', `render;dur=${elapsed().toFixed(1)}`])
      observe(request, response, 'miss', elapsed())
      return
    }
    // Looked up again: the story may have been withdrawn meanwhile.
    const stale = stored.get(key)
    if (stale && mayServeStale(stale)) {
      if (result.kind === 'failed') this.failedAt.set(stale, Date.now())
      sendPage(request, response, stale, STALE_IF_ERROR, common)
      observe(request, response, 'stale_if_error', elapsed())
      return
    }
    // Without the database, no error is the page's own.
    const isPageError = result.kind === 'failed' && pageCache.isConnected && (await queue.isHealthy())
    sendErrorPage(response, isPageError ? 500 : 503, common, result.kind === 'busy' ? BUSY : undefined)
    observe(request, response, 'unavailable', elapsed())
  }

  /** The page or the error, within the timeout; a render that has begun goes on for later requests. */
  private async rendered(
    request: IncomingMessage,
    response: ServerResponse,
    { key, hasStale }: { key: string; hasStale: boolean },
  ): Promise<Page | RenderError> {
    const { queue } = this.options.pageCache
    const leaving = new AbortController()
    const leave = () => leaving.abort()
    response.once('close', leave)
    const network = networkOf(clientAddress(request, this.options.trustProxy))
    const rendering = queue.render(key, { network, left: leaving.signal }).catch((error: unknown) => {
      if (error instanceof RenderError) return error
      throw error
    })
    const milliseconds = hasStale ? READER_TIMEOUT.withStale : READER_TIMEOUT.withoutStale
    return withDeadline(milliseconds, rendering, () => {
      leave()
      queue.startProbing()
      return new RenderError('unavailable', 'The render timed out.')
    })
  }
}

const BUSY = 'So many pages are being asked for at this moment that this one has to wait. Try again in a few seconds.'

const unavailable = new RenderError('unavailable', 'The circuit breaker is open.')

/**
 * A page may be served after it went stale, but not after a story on it has ended. Not-found and withdrawn pages may be wrong by now, and
 * are not served stale.
 */
function mayServeStale(page: Page): boolean {
  return page.status < 400 && Date.now() < page.neverServeAfter
}
