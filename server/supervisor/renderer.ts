import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Backoff } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'
import { freePort } from '../ports'
import { RendererLog } from '../observability/renderer-log'
import { residentMemory } from './resident-memory'

/** Milliseconds. */
const RESTART_DELAY = { first: 200, last: 10_000 }

/** After this uptime the delay starts over. Milliseconds. */
const HEALTHY_AFTER = 10_000

/** A renderer that does not respond within the timeout is killed. Milliseconds. */
const HEALTH_CHECK_TIMEOUT = 20_000
const HEALTH_CHECK_INTERVAL = 5000

/** A renderer above its memory limit is replaced at most so often. Milliseconds. */
const REPLACE_INTERVAL = 10 * 60_000

/** Requests that have begun at a renderer that was replaced end within this; event streams connect again then. Milliseconds. */
const DRAIN_TIME = 20_000

/** Milliseconds. */
const START_TIMEOUT = 60_000

export type Renderer = { readonly origin: string | null; start: () => Promise<void>; stop: () => Promise<void> }

type Options = {
  dev: boolean
  /** The renderer's environment, read at each start; it inherits only PATH and HOME. */
  env: () => Record<string, string>
  log: (line: string, isWarning: boolean) => void
  /** A renderer whose resident memory is above this is replaced. Bytes. */
  maxMemory: number
}

/** Next, as a child process on loopback that is restarted whenever it exits, and replaced by a new one when it has grown too large. */
export class SupervisedRenderer implements Renderer {
  /** Null while it is not ready. */
  origin: string | null = null
  /** Bytes, when it was last measured; null before that. */
  memory: number | null = null
  replacements = 0
  private child: ChildProcess | null = null
  /** With those that drain. */
  private readonly children = new Set<ChildProcess>()
  private stopping = false
  private replacedAt = -Infinity
  private readonly backoff = new Backoff(RESTART_DELAY)
  private readonly outputs = { stdout: new RendererLog(), stderr: new RendererLog() }

  constructor(private readonly options: Options) {}

  /** Resolves when the renderer is ready, however many restarts that takes. */
  start = async () => {
    const port = await freePort()
    if (this.stopping) return
    const startedAt = Date.now()
    const { child, exited } = this.spawn(port)
    this.child = child
    const restarted = exited.then(() => this.restart(child, startedAt))
    await Promise.race([this.waitUntilReady(child, originOf(port)), restarted])
  }

  stop = async () => {
    this.stopping = true
    await Promise.all([...this.children].map((child) => terminate(child)))
  }

  /** Starts another renderer, sends it all requests that come, and ends this one when its own have ended. */
  private async replace(old: ChildProcess) {
    this.replacedAt = Date.now()
    const port = await freePort()
    if (this.stopping) return
    const { child, exited } = this.spawn(port)
    const deadline = Date.now() + START_TIMEOUT
    const isUp = async () => !hasExited(child) && (await responds(originOf(port), 5000))
    while (!(await isUp())) {
      // The old one goes on.
      if (hasExited(child) || this.stopping || Date.now() > deadline) return terminate(child)
      await pause(100)
    }
    // It may have exited meanwhile, and is being restarted.
    if (this.child !== old || hasExited(old)) return terminate(child)
    this.child = child
    this.origin = originOf(port)
    this.replacements += 1
    void exited.then(() => this.restart(child, this.replacedAt))
    void this.monitor(child, originOf(port))
    this.options.log('The renderer was replaced by a new one.', true)
    await pause(DRAIN_TIME, undefined, { ref: false })
    await terminate(old)
  }

  private spawn(port: number): { child: ChildProcess; exited: Promise<void> } {
    const program = this.options.dev
      ? ['node_modules/next/dist/bin/next', 'dev', '-H', '127.0.0.1', '-p', String(port)]
      : ['.next/standalone/server.js']
    const env = {
      ...this.options.env(),
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: this.options.dev ? 'development' : 'production',
    }
    // The renderer exits when the server's end of its standard input closes, so a killed server leaves no renderer behind.
    const preloads = ['exit-with-parent.cjs', 'unread-requests.cjs'].flatMap((file) => [
      '--require',
      path.resolve('server/supervisor', file),
    ])
    const child = spawn(process.execPath, [...preloads, ...program], {
      env: env as NodeJS.ProcessEnv,
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    })
    this.children.add(child)
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => this.onOutput(chunk, 'stdout'))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => this.onOutput(chunk, 'stderr'))
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', (error) => {
        this.options.log(`The renderer could not be started: ${error.message}`, true)
        resolve()
      })
    })
    void exited.then(() => this.children.delete(child))
    return { child, exited }
  }

  private async waitUntilReady(child: ChildProcess, origin: string) {
    while (!hasExited(child)) {
      if (await responds(origin, this.options.dev ? 60_000 : 5000)) {
        this.origin = origin
        if (!this.options.dev) void this.monitor(child, origin)
        return
      }
      await pause(25)
    }
    // The restart resolves `start`.
    await new Promise(() => undefined)
  }

  /** Kills a renderer that does not respond, and replaces one that has grown too large. */
  private async monitor(child: ChildProcess, origin: string) {
    while (!hasExited(child) && !this.stopping && this.child === child) {
      await pause(HEALTH_CHECK_INTERVAL, undefined, { ref: false })
      if (hasExited(child) || this.stopping || this.child !== child) return
      if (!(await responds(origin, HEALTH_CHECK_TIMEOUT)) && !hasExited(child)) {
        this.options.log('The renderer does not respond; killing it.', true)
        child.kill('SIGKILL')
      } else await this.replaceIfTooLarge(child)
    }
  }

  private async replaceIfTooLarge(child: ChildProcess) {
    this.memory = child.pid === undefined ? null : await residentMemory(child.pid)
    if (this.memory === null || this.memory <= this.options.maxMemory) return
    if (Date.now() - this.replacedAt < REPLACE_INTERVAL) return
    const [has, limit] = [this.memory, this.options.maxMemory].map((bytes) => Math.round(bytes / 1024 / 1024))
    this.options.log(`The renderer takes ${has} MB, more than RENDERER_MEMORY_MB=${limit}; starting another one.`, true)
    await this.replace(child)
  }

  private async restart(child: ChildProcess, startedAt: number) {
    // One that was replaced ends on purpose.
    if (this.child !== child) return new Promise<void>(() => undefined)
    this.origin = null
    if (this.stopping) return
    if (Date.now() - startedAt > HEALTHY_AFTER) this.backoff.reset()
    const delay = this.backoff.next()
    this.options.log(`The renderer exited unexpectedly; restarting it in ${delay} ms.`, true)
    await pause(delay)
    if (this.stopping) return
    await this.start().catch((error: unknown) => {
      this.options.log(`The renderer could not be started: ${String(error)}`, true)
      return this.restart(child, Date.now())
    })
  }

  private onOutput(output: string, stream: 'stdout' | 'stderr') {
    for (const { line, isWarning } of this.outputs[stream].write(output))
      this.options.log(line, stream === 'stderr' && isWarning)
  }
}

const originOf = (port: number) => `http://127.0.0.1:${port}`

async function terminate(child: ChildProcess) {
  if (hasExited(child)) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await withDeadline(5000, exited, () => undefined)
  child.kill('SIGKILL')
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
