import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Backoff } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'
import { freePort } from '../ports'
import { RendererLog } from '../observability/renderer-log'

/** Milliseconds. */
const RESTART_DELAY = { first: 200, last: 10_000 }

/** After this uptime the delay starts over. Milliseconds. */
const HEALTHY_AFTER = 10_000

/** A renderer that does not respond within the timeout is killed. Milliseconds. */
const HEALTH_CHECK_TIMEOUT = 20_000
const HEALTH_CHECK_INTERVAL = 5000

export type Renderer = { readonly origin: string | null; start: () => Promise<void>; stop: () => Promise<void> }

/** Next, as a child process on loopback that is restarted whenever it exits. */
export class SupervisedRenderer implements Renderer {
  /** Null while it is not ready. */
  origin: string | null = null
  private child: ChildProcess | null = null
  private stopping = false
  private readonly backoff = new Backoff(RESTART_DELAY)
  private readonly outputs = { stdout: new RendererLog(), stderr: new RendererLog() }

  /** @param env the renderer's environment, read at each start; it inherits only PATH and HOME */
  constructor(
    private readonly dev: boolean,
    private readonly env: () => Record<string, string>,
    private readonly log: (line: string, isWarning: boolean) => void,
  ) {}

  /** Resolves when the renderer is ready, however many restarts that takes. */
  start = async () => {
    const port = await freePort()
    if (this.stopping) return
    const startedAt = Date.now()
    const child = this.spawn(port)
    this.child = child
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => this.onOutput(chunk, 'stdout'))
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => this.onOutput(chunk, 'stderr'))
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', (error) => {
        this.log(`The renderer could not be started: ${error.message}`, true)
        resolve()
      })
    })
    const restarted = exited.then(() => this.restart(startedAt))
    await Promise.race([this.waitUntilReady(child, `http://127.0.0.1:${port}`), restarted])
  }

  stop = async () => {
    this.stopping = true
    const child = this.child
    if (!child || hasExited(child)) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await withDeadline(5000, exited, () => undefined)
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
    // The renderer exits when the server's end of its standard input closes, so a killed server leaves no renderer behind.
    const preloads = ['exit-with-parent.cjs', 'unread-requests.cjs'].flatMap((file) => [
      '--require',
      path.resolve('server/supervisor', file),
    ])
    return spawn(process.execPath, [...preloads, ...program], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
  }

  private async waitUntilReady(child: ChildProcess, origin: string) {
    while (!hasExited(child)) {
      if (await responds(origin, this.dev ? 60_000 : 5000)) {
        this.origin = origin
        if (!this.dev) void this.killWhenUnresponsive(child, origin)
        return
      }
      await pause(25)
    }
    // The restart resolves `start`.
    await new Promise(() => undefined)
  }

  private async killWhenUnresponsive(child: ChildProcess, origin: string) {
    while (!hasExited(child) && !this.stopping) {
      await pause(HEALTH_CHECK_INTERVAL, undefined, { ref: false })
      if (hasExited(child) || this.stopping || (await responds(origin, HEALTH_CHECK_TIMEOUT)) || hasExited(child))
        continue
      this.log('The renderer does not respond; killing it.', true)
      child.kill('SIGKILL')
    }
  }

  private async restart(startedAt: number) {
    this.origin = null
    if (this.stopping) return
    if (Date.now() - startedAt > HEALTHY_AFTER) this.backoff.reset()
    const delay = this.backoff.next()
    this.log(`The renderer exited unexpectedly; restarting it in ${delay} ms.`, true)
    await pause(delay)
    if (this.stopping) return
    await this.start().catch((error: unknown) => {
      this.log(`The renderer could not be started: ${String(error)}`, true)
      return this.restart(Date.now())
    })
  }

  private onOutput(output: string, stream: 'stdout' | 'stderr') {
    for (const { line, isWarning } of this.outputs[stream].write(output))
      this.log(line, stream === 'stderr' && isWarning)
  }
}

const hasExited = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

/** Whether it responds at all, to a request that needs no database. */
function responds(origin: string, timeout: number): Promise<boolean> {
  return fetch(`${origin}/robots.txt`, { signal: AbortSignal.timeout(timeout) }).then(
    async (response) => {
      await response.body?.cancel()
      return true
    },
    () => false,
  )
}
