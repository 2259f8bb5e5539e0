import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './database/free-port'
import { RendererWords } from './observing/renderer-words'

/** After a crash the next start waits this long at first, and twice as long each time, up to the last. Milliseconds. */
const RESTART_AFTER = { first: 200, last: 10_000 }

/** A renderer that has been up this long counts as healthy again. */
const HEALTHY_AFTER = 10_000

/** A renderer that says nothing at all for this long, asked for something that needs no database, hangs and is ended. Milliseconds. */
const SILENT_FOR = 20_000
const ASKED_EVERY = 5000

export type Renderer = { readonly origin: string | null; start: () => Promise<void>; stop: () => Promise<void> }

/** Next, as a child process on loopback, started again whenever it ends. */
export class SupervisedRenderer implements Renderer {
  /** Where it answers; null while it does not. */
  origin: string | null = null
  private child: ChildProcess | null = null
  private stopping = false
  private restartAfter = RESTART_AFTER.first
  private readonly heard = { said: new RendererWords(), failed: new RendererWords() }

  /** @param env what the renderer may know, asked at each start: nothing of the server's own environment is taken over unnamed */
  constructor(
    private readonly dev: boolean,
    private readonly env: () => Record<string, string>,
    private readonly said: (line: string, loud: boolean) => void,
  ) {}

  /** Resolves when it answers, however often it has to be started for that. */
  start = async () => {
    const port = await freePort()
    if (this.stopping) return
    const began = Date.now()
    const child = this.spawn(port)
    this.child = child
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => this.hear(chunk, 'said'))
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => this.hear(chunk, 'failed'))
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', (error) => {
        this.said(`The renderer could not be started: ${error.message}`, true)
        resolve()
      })
    })
    const restarted = ended.then(() => this.restart(began))
    await Promise.race([this.answering(child, `http://127.0.0.1:${port}`), restarted])
  }

  stop = async () => {
    this.stopping = true
    const child = this.child
    if (!child || hasEnded(child)) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await Promise.race([ended, pause(5000)])
    child.kill('SIGKILL')
  }

  private spawn(port: number): ChildProcess {
    const program = this.dev
      ? ['node_modules/next/dist/bin/next', 'dev', '-H', '127.0.0.1', '-p', String(port)]
      : ['.next/standalone/server.js']
    const env = {
      ...this.env(),
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: this.dev ? 'development' : 'production',
    }
    // The watcher ends the renderer when our end of its standard input closes, so a killed server leaves no renderer behind.
    const watcher = path.resolve('server/end-with-parent.cjs')
    return spawn(process.execPath, ['--require', watcher, ...program], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
  }

  private async answering(child: ChildProcess, origin: string) {
    while (!hasEnded(child)) {
      if (await answers(origin, this.dev ? 60_000 : 5000)) {
        this.origin = origin
        if (!this.dev) void this.endWhenSilent(child, origin)
        return
      }
      await pause(25)
    }
    // The restart that follows takes over.
    await new Promise(() => undefined)
  }

  private async endWhenSilent(child: ChildProcess, origin: string) {
    while (!hasEnded(child) && !this.stopping) {
      await pause(ASKED_EVERY, undefined, { ref: false })
      if (hasEnded(child) || this.stopping || (await answers(origin, SILENT_FOR)) || hasEnded(child)) continue
      this.said('The renderer hangs; ending it.', true)
      child.kill('SIGKILL')
    }
  }

  private async restart(began: number) {
    this.origin = null
    if (this.stopping) return
    if (Date.now() - began > HEALTHY_AFTER) this.restartAfter = RESTART_AFTER.first
    this.said(`The renderer ended unexpectedly; starting it again in ${this.restartAfter} ms.`, true)
    await pause(this.restartAfter)
    this.restartAfter = Math.min(this.restartAfter * 2, RESTART_AFTER.last)
    if (this.stopping) return
    await this.start().catch((error: unknown) => {
      this.said(`The renderer could not be started: ${String(error)}`, true)
      return this.restart(Date.now())
    })
  }

  private hear(output: string, how: 'said' | 'failed') {
    for (const { line, loud } of this.heard[how].hear(output)) this.said(line, how === 'failed' && loud)
  }
}

const hasEnded = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

/** Whether it answers anything, asked for a page that needs no database. */
function answers(origin: string, within: number): Promise<boolean> {
  return fetch(`${origin}/robots.txt`, { signal: AbortSignal.timeout(within) }).then(
    async (answer) => {
      await answer.body?.cancel()
      return true
    },
    () => false,
  )
}
