import { isFilePath, isForMachines, isNewsroomPath, readAddress } from '../front-door/address'
import { unescaped } from '../front-door/document'
import { bytesOf, pressHarder, type Page } from './page'
import { pageKey } from './page-key'
import type { PageMemory } from './page-memory'
import type { Press } from './press'

/** So many pages are printed again when they go stale, the last 200 stories among them; the others wait for a reader. */
const HOT_PAGES = 260

/** After each page it rests for so many times as long as the page took: readers, editors and the next change should find the renderer free. */
const RESTS = 3

/** A page that was asked for this often is worth pressing as small as it gets. */
const WORTH_PRESSING = 10

type Options = { press: Press; memory: PageMemory; siteUrl: URL; onFrontPage: () => void }

/** Prints the pages that readers will ask for next, before they ask: at the start, and whenever something went stale. */
export class HotPages {
  private again = false
  /** When the first of the pages printed here changes by itself. Milliseconds since the epoch. */
  private changesAt = Infinity
  private round: Promise<void> | null = null
  private wake: () => void = () => undefined

  constructor(private readonly options: Options) {}

  /** Prints whatever is not fresh; asked again meanwhile, it begins once more with the front page. */
  print(): Promise<void> {
    this.again = true
    this.wake()
    this.round ??= this.goRound().finally(() => (this.round = null))
    return this.round
  }

  /** Has one of these pages changed by itself, because a story went live or a day began? */
  due(): boolean {
    return Date.now() >= this.changesAt
  }

  /** Presses the page that readers want most, one at a time, when there is nothing else to do; and every file that stays as it is, because it is done once. */
  async pressOneHarder() {
    if (this.round) return
    const { memory } = this.options
    const wanted = memory.recentPages().find((page) => !page.pressedHard && page.fresh && page.hits >= WORTH_PRESSING)
    const page = wanted ?? memory.filesForGood().find(({ pressedHard }) => !pressedHard)
    if (!page) return
    await pressHarder(page)
    memory.weighAgain(page)
  }

  private async goRound() {
    while (this.again && !this.options.press.broken) {
      this.again = false
      await this.printOnce()
    }
  }

  /** The front page first and alone, because changes are seen there; then what it links to, then what those link to, then what was read lately. */
  private async printOnce() {
    this.changesAt = Infinity
    const wanted: string[] = []
    const seen = new Set(['/'])
    const want = (key: string, before = false) => {
      if (seen.has(key) || seen.size >= HOT_PAGES) return
      seen.add(key)
      if (before) wanted.unshift(key)
      else wanted.push(key)
    }
    const print = async (key: string) => {
      const page = await this.printIfStale(key)
      if (page === null) return null
      // The list of all stories is followed back in time before anything else, so that the newest stories are what is found.
      const older = olderThanLatest(page)
      if (older !== null) want(older, true)
      for (const link of linksOf(page, this.options.siteUrl)) want(link)
      return page
    }
    const printAndRest = async (key: string) => {
      const began = performance.now()
      const page = await print(key)
      if (key === '/' && page) this.options.onFrontPage()
      await this.rest(RESTS * (performance.now() - began))
    }
    const printWanted = async () => {
      const overtaken = () => this.again || this.options.press.broken
      for (let key = wanted.shift(); key !== undefined && !overtaken(); key = wanted.shift()) await printAndRest(key)
    }
    await printAndRest('/')
    await printWanted()
    for (const { key } of this.options.memory.recentPages()) want(key)
    await printWanted()
  }

  /** Milliseconds, or until something is to be printed again. */
  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const awake = setTimeout(resolve, milliseconds).unref()
      this.wake = () => {
        clearTimeout(awake)
        resolve()
      }
    })
  }

  private async printIfStale(key: string): Promise<Page | null> {
    const remembered = this.options.memory.peek(key)
    const isTrue = remembered?.fresh && Date.now() < remembered.until
    const page = isTrue ? remembered : await this.options.press.print(key, false).catch(() => null)
    if (page) this.changesAt = Math.min(this.changesAt, page.until)
    return page
  }
}

/** Where the list of all stories goes on, on a page of that list. */
function olderThanLatest(page: Page): string | null {
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
  const keys = Array.from(links, ([, link = '']) => keyOf(unescaped(link), siteUrl))
  return keys.filter((key) => key !== null)
}

function keyOf(link: string, siteUrl: URL): string | null {
  const address = readAddress(link.startsWith(siteUrl.origin) ? link.slice(siteUrl.origin.length) : link)
  if (address === null) return null
  const { path } = address
  return isNewsroomPath(path) || isForMachines(path) || isFilePath(path) ? null : pageKey(address)
}
