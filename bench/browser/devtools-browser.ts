import { spawn } from 'node:child_process'
import process from 'node:process'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { onCleanup, temporaryFolder } from '../support/cleanup'

/** Milliseconds. */
const POLL_INTERVAL = 500
const LOAD_TIMEOUT = 60_000

/** The part of the Chrome DevTools Protocol that is used here. */
type CdpMessage = { id?: number; error?: { message: string }; result?: Record<string, unknown> }
type PendingCall = { resolve: (result: Record<string, unknown>) => void; reject: (error: Error) => void }

/**
 * A Chromium controlled through the DevTools protocol, without subscribing to events. Playwright subscribes to every page's network and scripts:
 * with the processor 4 × slower that was a fifth of the time to open a page.
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
      for (const { reject } of this.pending.values()) reject(new Error('The browser has exited.'))
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

  /** A browser context with an empty cache. @returns its id */
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
   * @param how.slower CPU throttling factor
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

export class Tab {
  constructor(
    private readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>,
    readonly close: () => Promise<void>,
  ) {}

  /**
   * @param condition an expression; the page is ready when its value is over 0
   * @param expressions evaluated then
   * @returns the value of `condition`, then those of `expressions`
   */
  async go(address: string, condition: string, expressions: string[] = []): Promise<number[]> {
    // Until the new page is committed, the old one would evaluate the condition.
    const isLoaded = `location.href === ${JSON.stringify(address)} && (${condition})`
    await this.send('Page.navigate', { url: address })
    for (let elapsed = 0; !((await this.evaluateNumber(isLoaded)) > 0); elapsed += POLL_INTERVAL) {
      if (elapsed > LOAD_TIMEOUT) throw new Error(`${address} did not load.`)
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
