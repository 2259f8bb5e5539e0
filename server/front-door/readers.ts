import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Observe } from '../observing/request-log'
import { RendererFault } from '../page-cache/ask-renderer'
import type { Page } from '../page-cache/page'
import type { PageMemory } from '../page-cache/page-memory'
import type { Press } from '../page-cache/press'
import { BROKEN, HIT, sendPage } from '../page-cache/send-page'
import { sendFault } from './fault-page'

/** How long a reader waits for a page to be printed: with old bytes at hand, and with none. Milliseconds. */
const PATIENCE = { oldBytesAtHand: 1000, nothingAtHand: 2500 }

/** After it failed, a page is not tried again for its next readers before this. Milliseconds. */
const TRY_AGAIN_AFTER = 1000

type Options = {
  memory: PageMemory
  press: Press
  common: readonly string[]
  /** Whether the database is there, as far as we can hear: what fails without it is not the page's fault. */
  hearing: () => boolean
  observe: Observe
}

/** Answers readers: from memory, else freshly printed, else, when we are broken, with the bytes of before, and says so. */
export class Readers {
  private readonly failedAt = new WeakMap<Page, number>()

  constructor(private readonly options: Options) {}

  /** The quick way: sends the page if it is there and true, without asking anybody. */
  sendIfFresh(request: IncomingMessage, response: ServerResponse, key: string): boolean {
    const page = this.options.memory.find(key)
    if (page === undefined || !page.fresh || Date.now() >= page.until) return false
    page.hits += 1
    sendPage(request, response, page, HIT, this.options.common)
    this.options.observe(request, response, 'hit', 0)
    return true
  }

  async send(request: IncomingMessage, response: ServerResponse, key: string) {
    const { press, memory, common, observe } = this.options
    if (this.sendIfFresh(request, response, key)) return
    const began = performance.now()
    const took = () => performance.now() - began
    const old = memory.find(key)
    const bytesAtHand = old !== undefined && mayBeShownStale(old)
    const lately = old ? Date.now() - (this.failedAt.get(old) ?? 0) < TRY_AGAIN_AFTER : false
    const fault = press.broken || (bytesAtHand && lately) ? awayNow : await this.printed(key, bytesAtHand)
    if (!(fault instanceof RendererFault)) {
      const status = `Broadsheet; fwd=${old ? 'stale' : 'uri-miss'}${fault.tags.length > 0 ? '; stored' : ''}`
      sendPage(request, response, fault, status, [...common, 'Server-Timing', `print;dur=${took().toFixed(1)}`])
      observe(request, response, 'miss', took())
      return
    }
    // Asked once more: a withdrawal may have come in between.
    const stale = memory.find(key)
    if (stale && mayBeShownStale(stale)) {
      if (fault.kind === 'failed') this.failedAt.set(stale, Date.now())
      sendPage(request, response, stale, BROKEN, common)
      observe(request, response, 'broken', took())
      return
    }
    const itsOwnFault = fault.kind === 'failed' && this.options.hearing() && (await press.works())
    sendFault(response, itsOwnFault ? 500 : 503, common)
    observe(request, response, 'unavailable', took())
  }

  /** The page, or what stood in its way, within the reader's patience; the printing goes on for those who come later. */
  private async printed(key: string, bytesAtHand: boolean): Promise<Page | RendererFault> {
    let late: NodeJS.Timeout | undefined
    const patience = new Promise<RendererFault>((resolve) => {
      const wait = bytesAtHand ? PATIENCE.oldBytesAtHand : PATIENCE.nothingAtHand
      late = setTimeout(() => {
        this.options.press.suspect()
        resolve(new RendererFault('away', 'The page takes too long.'))
      }, wait)
    })
    const printing = this.options.press.print(key).catch((error: unknown) => {
      if (error instanceof RendererFault) return error
      throw error
    })
    return Promise.race([printing, patience]).finally(() => clearTimeout(late))
  }
}

const awayNow = new RendererFault('away', 'The renderer was away a moment ago.')

/**
 * Old bytes of a page are better than none, also when something newer was to stand there by now. They are not once a story on it has ended, nor of
 * "there is nothing here" and "this was withdrawn": both may be untrue by now.
 */
function mayBeShownStale(page: Page): boolean {
  return page.status < 400 && Date.now() < page.ends
}
