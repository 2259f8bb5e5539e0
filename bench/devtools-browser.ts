import { spawn } from 'node:child_process'
import process from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { onCleanup, temporaryFolder } from './cleanup'

/** How often a page is asked whether it is there, and how long at most. Milliseconds. */
const POLL_INTERVAL = 500
const LOAD_TIMEOUT = 60_000

/** The Chrome DevTools Protocol, as far as it is spoken here. */
type CdpMessage = { id?: number; error?: { message: string }; result?: Record<string, unknown> }
type PendingCall = { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }

/**
 * A Chromium that is told to open pages and otherwise left alone. Playwright listens to every page's network and scripts: with the processor
 * slowed down four times, a fifth of what opening a page took was this listening.
 */
export class DevtoolsBrowser {
  private lastId = 0
  private readonly pending = new Map<number, PendingCall>()
  private isClosed = false

  static async start(executablePath: string): Promise<DevtoolsBrowser> {
    const profile = `--user-data-dir=${await temporaryFolder()}`
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const args = ['--headless', '--remote-debugging-pipe', '--no-first-run', profile, ...sandbox, 'about:blank']
    const child = spawn(executablePath, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] })
    const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()))
    const [, , , out, incoming] = child.stdio
    const browser = new DevtoolsBrowser(out as Writable, incoming as Readable)
    onCleanup(async () => {
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
      const messages = `${rest}${text}`.split('\0')
      rest = messages.pop() ?? ''
      for (const message of messages) this.onMessage(JSON.parse(message) as CdpMessage)
    })
    incoming.once('close', () => {
      this.isClosed = true
      for (const { reject } of this.pending.values()) reject(new Error('The browser is gone.'))
    })
  }

  private onMessage({ id = 0, error, result = {} }: CdpMessage) {
    const call = this.pending.get(id)
    this.pending.delete(id)
    if (error) call?.reject(new Error(error.message))
    else call?.resolve(result)
  }

  private send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    if (this.isClosed) return Promise.reject(new Error('The browser is gone.'))
    this.lastId += 1
    const id = this.lastId
    this.out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return new Promise((resolve, reject) => this.pending.set(id, { resolve, reject }))
  }

  /** Somebody who never was here: with an empty cache. @returns what stands for them */
  async newContext(): Promise<string> {
    const { browserContextId } = await this.send('Target.createBrowserContext')
    return String(browserContextId)
  }

  async setCookie(contextId: string, cookie: { name: string; value: string; url: string }) {
    await this.send('Storage.setCookies', { browserContextId: contextId, cookies: [cookie] })
  }

  async disposeContext(contextId: string) {
    await this.send('Target.disposeBrowserContext', { browserContextId: contextId })
  }

  /**
   * Opens a new tab for somebody.
   * @param how.slower so many times slower than this processor
   * @param how.first a script that runs in each page before its own
   */
  async newTab(contextId: string, { slower, first }: { slower: number; first: string }): Promise<Tab> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank', browserContextId: contextId })
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true })
    const send = (method: string, params: object = {}) => this.send(method, params, String(sessionId))
    await send('Emulation.setCPUThrottlingRate', { rate: slower })
    await send('Page.enable')
    await send('Page.addScriptToEvaluateOnNewDocument', { source: first })
    return new Tab(send, async () => void (await this.send('Target.closeTarget', { targetId })))
  }
}

/** One tab of it, in which somebody goes from page to page. */
export class Tab {
  constructor(
    private readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>,
    readonly close: () => Promise<void>,
  ) {}

  /**
   * Goes to an address, as by a link.
   * @param condition a script; the page is there when it comes to a number over 0
   * @param expressions scripts whose numbers are wanted then
   * @returns the number of `there`, and those asked for
   */
  async go(address: string, condition: string, expressions: string[] = []): Promise<number[]> {
    // The page before this one stays until this one comes, and would answer for it.
    const isLoaded = `location.href === ${JSON.stringify(address)} && (${condition})`
    await this.send('Page.navigate', { url: address })
    for (let elapsed = 0; !((await this.evaluateNumber(isLoaded)) > 0); elapsed += POLL_INTERVAL) {
      if (elapsed > LOAD_TIMEOUT) throw new Error(`${address} does not come.`)
      await pause(POLL_INTERVAL)
    }
    const numbers: number[] = []
    for (const expression of [condition, ...expressions]) numbers.push(await this.evaluateNumber(expression))
    return numbers
  }

  private async evaluateNumber(expression: string): Promise<number> {
    const { result } = await this.send('Runtime.evaluate', { expression })
    return Number((result as { value?: unknown } | undefined)?.value)
  }
}
