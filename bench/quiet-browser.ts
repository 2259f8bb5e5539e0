import { spawn } from 'node:child_process'
import process from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { endLater, temporaryFolder } from './tidy'

/** How often a page is asked whether it is there, and how long at most. Milliseconds. */
const ASKED_EVERY = 500
const COMES_WITHIN = 60_000

/** The Chrome DevTools Protocol, as far as it is spoken here. */
type Answer = { id?: number; error?: { message: string }; result?: Record<string, unknown> }
type Waiting = { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }

/**
 * A Chromium that is told to open pages and otherwise left alone. Playwright listens to every page's network and scripts: with the processor
 * slowed down four times, a fifth of what opening a page took was this listening.
 */
export class QuietBrowser {
  private asked = 0
  private readonly waiting = new Map<number, Waiting>()
  private isGone = false

  static async start(executablePath: string): Promise<QuietBrowser> {
    const profile = `--user-data-dir=${await temporaryFolder()}`
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const args = ['--headless', '--remote-debugging-pipe', '--no-first-run', profile, ...sandbox, 'about:blank']
    const child = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()))
    const [, , , out, incoming] = child.stdio
    const browser = new QuietBrowser(out as Writable, incoming as Readable)
    endLater(async () => {
      await browser.send('Browser.close').catch(() => child.kill('SIGKILL'))
      await ended
    })
    return browser
  }

  private constructor(
    private readonly out: Writable,
    incoming: Readable,
  ) {
    let rest = ''
    incoming.setEncoding('utf8').on('data', (text: string) => {
      const told = `${rest}${text}`.split('\0')
      rest = told.pop() ?? ''
      for (const one of told) this.hear(JSON.parse(one) as Answer)
    })
    incoming.once('close', () => {
      this.isGone = true
      for (const { reject } of this.waiting.values()) reject(new Error('The browser is gone.'))
    })
  }

  private hear({ id = 0, error, result = {} }: Answer) {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    if (error) waiting?.reject(new Error(error.message))
    else waiting?.resolve(result)
  }

  private send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    if (this.isGone) return Promise.reject(new Error('The browser is gone.'))
    this.asked += 1
    const id = this.asked
    this.out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }))
  }

  /** Somebody who never was here: with an empty cache. @returns what stands for them */
  async newVisitor(): Promise<string> {
    const { browserContextId } = await this.send('Target.createBrowserContext')
    return String(browserContextId)
  }

  async give(visitor: string, cookie: { name: string; value: string; url: string }) {
    await this.send('Storage.setCookies', { browserContextId: visitor, cookies: [cookie] })
  }

  async forget(visitor: string) {
    await this.send('Target.disposeBrowserContext', { browserContextId: visitor })
  }

  /**
   * Opens a new tab for somebody.
   * @param how.slower so many times slower than this processor
   * @param how.first a script that runs in each page before its own
   */
  async newTab(visitor: string, { slower, first }: { slower: number; first: string }): Promise<Tab> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId: visitor })
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true })
    const tell = (method: string, params: object = {}) => this.send(method, params, String(sessionId))
    await tell('Emulation.setCPUThrottlingRate', { rate: slower })
    await tell('Page.enable')
    await tell('Page.addScriptToEvaluateOnNewDocument', { source: first })
    return new Tab(tell, async () => void (await this.send('Target.closeTarget', { targetId })))
  }
}

/** One tab of it, in which somebody goes from page to page. */
export class Tab {
  constructor(
    private readonly tell: (method: string, params?: object) => Promise<Record<string, unknown>>,
    readonly close: () => Promise<void>,
  ) {}

  /**
   * Goes to an address, as by a link.
   * @param there a script; the page is there when it comes to a number over 0
   * @param ask scripts whose numbers are wanted then
   * @returns the number of `there`, and those asked for
   */
  async go(address: string, there: string, ask: string[] = []): Promise<number[]> {
    // The page before this one stays until this one comes, and would answer for it.
    const isHere = `location.href === ${JSON.stringify(address)} && (${there})`
    await this.tell('Page.navigate', { url: address })
    for (let waited = 0; !((await this.number(isHere)) > 0); waited += ASKED_EVERY) {
      if (waited > COMES_WITHIN) throw new Error(`${address} does not come.`)
      await pause(ASKED_EVERY)
    }
    const numbers: number[] = []
    for (const expression of [there, ...ask]) numbers.push(await this.number(expression))
    return numbers
  }

  private async number(expression: string): Promise<number> {
    const { result } = await this.tell('Runtime.evaluate', { expression })
    return Number((result as { value?: unknown } | undefined)?.value)
  }
}
