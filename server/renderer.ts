import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './database/embedded'

/** After a crash the next start waits this long at first, and twice as long each time, up to the last. Milliseconds. */
const RESTART_AFTER = { first: 200, last: 10_000 }

/** A renderer that has been up this long counts as healthy again. */
const HEALTHY_AFTER = 10_000

export type Renderer = { readonly origin: string | null; start: () => Promise<void>; stop: () => Promise<void> }

/** Next, as a child process on loopback, started again whenever it ends. */
export class SupervisedRenderer implements Renderer {
  /** Where it answers; null while it does not. */
  origin: string | null = null
  private child: ChildProcess | null = null
  private stopping = false
  private restartAfter = RESTART_AFTER.first

  /** @param env what the renderer may know, asked at each start: nothing of the server's own environment is taken over unnamed */
  constructor(
    private readonly dev: boolean,
    private readonly env: () => Record<string, string>,
    private readonly said: (line: string, loud: boolean) => void,
  ) {}

  /** Resolves when it answers. */
  start = async () => {
    const port = await freePort()
    const began = Date.now()
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
    const child = spawn(process.execPath, ['--require', watcher, ...program], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.child = child
    child.stdout.on('data', (chunk: Buffer) => this.say(chunk.toString(), false))
    child.stderr.on('data', (chunk: Buffer) => this.say(chunk.toString(), true))
    child.once('exit', () => void this.restart(began))
    await this.answering(child, `http://127.0.0.1:${port}`)
  }

  stop = async () => {
    this.stopping = true
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await Promise.race([ended, pause(5000)])
    child.kill('SIGKILL')
  }

  private async answering(child: ChildProcess, origin: string) {
    while (child.exitCode === null && child.signalCode === null) {
      const answered = await fetch(`${origin}/robots.txt`, {
        signal: AbortSignal.timeout(this.dev ? 60_000 : 5000),
      }).then(
        () => true,
        () => false,
      )
      if (answered) {
        this.origin = origin
        return
      }
      await pause(25)
    }
  }

  private async restart(began: number) {
    this.origin = null
    if (this.stopping) return
    if (Date.now() - began > HEALTHY_AFTER) this.restartAfter = RESTART_AFTER.first
    this.said(`The renderer ended unexpectedly; starting it again in ${this.restartAfter} ms.`, true)
    await pause(this.restartAfter)
    this.restartAfter = Math.min(this.restartAfter * 2, RESTART_AFTER.last)
    if (!this.stopping) await this.start()
  }

  private say(output: string, loud: boolean) {
    for (const line of output.split('\n')) if (line.trim() !== '') this.said(line, loud)
  }
}
