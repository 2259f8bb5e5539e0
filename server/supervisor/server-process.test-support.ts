import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import { freePort } from '../ports'
import { sendRequest, type TestResponse } from '../front-door/front-door.test-support'

export const ADMIN = { email: 'editor@example.test', password: 'nine lives of a cat 9' }
export const SESSION_SECRET = 'a secret for the tests of this very run'

const run = promisify(execFile)
const BUILD_LOCK = '.test/building'
const BUILD_TIMEOUT = 180_000

/** Builds the portal; test files that run in parallel wait for one build. */
export async function buildOnce() {
  await mkdir('.test', { recursive: true })
  const acquired = () => mkdir(BUILD_LOCK).then(
    () => true,
    () => false,
  ) // prettier-ignore
  while (!(await acquired())) {
    const { mtimeMs } = await stat(BUILD_LOCK).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > BUILD_TIMEOUT) await rm(BUILD_LOCK, { recursive: true, force: true })
    await pause(200)
  }
  const build = "import('./scripts/prepare.mjs').then(({ buildIfNeeded }) => buildIfNeeded({ portal: true }))"
  await run(process.execPath, ['-e', build]).finally(() => rm(BUILD_LOCK, { recursive: true, force: true }))
}

const started = new Set<ChildProcess>()
afterAll(() => {
  for (const server of started) server.kill('SIGKILL')
})

export type ServerProcess = Awaited<ReturnType<typeof startServer>>

/** Runs what `npm start` runs in a process of its own. Resolves when `ready` is in its output. */
export async function startServer(
  settings: { dataDir: string; databaseUrl?: string; port?: number; rendererMemory?: number },
  ready = 'The newsroom is at',
) {
  const port = settings.port ?? (await freePort())
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    DATA_DIR: settings.dataDir,
    ...(settings.databaseUrl === undefined ? {} : { DATABASE_URL: settings.databaseUrl }),
    ...(settings.rendererMemory === undefined ? {} : { RENDERER_MEMORY_MB: String(settings.rendererMemory) }),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SESSION_SECRET,
    SITE_URL: 'http://news.example',
    LOG_LEVEL: 'warn',
  } as unknown as NodeJS.ProcessEnv
  const server = spawn(process.execPath, ['scripts/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const exited = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)))
  started.add(server)
  await new Promise<void>((resolve, reject) => {
    const onOutput = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(ready)) resolve()
    }
    server.stdout.on('data', onOutput)
    server.stderr.on('data', onOutput)
    void exited.then(() => reject(new Error(`The server exited:\n${output}`)))
  })
  let isStopping = false
  void exited.then((code) => isStopping || console.error(`A server exited by itself (${code}):\n${output}`))
  const get = (path: string, headers: Record<string, string> = {}): Promise<TestResponse> =>
    sendRequest(port, { path, headers })
  return {
    port,
    get,
    output: () => output,
    pid: server.pid ?? 0,
    exited,
    stop: (signal: NodeJS.Signals = 'SIGTERM') => {
      isStopping = true
      server.kill(signal)
      return exited
    },
    /** Other children read pictures. */
    rendererPid: async () =>
      Number(
        (await run('pgrep', ['-P', String(server.pid), '-f', 'next-server|standalone'])).stdout
          .trim()
          .split('\n')
          .at(-1),
      ),
  }
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(`${dataDir}/postgres/18/cluster/postmaster.pid`, 'utf8'), 10)
}

/** Readers who request the same addresses over and over, from one server or from several as through a load balancer that retries at the next. */
export function startReaders(ports: () => number[], addresses: string[]) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 })
  const seen = { responses: 0, stale: 0, slowest: 0, errors: [] as string[] }
  let running = true
  async function readInLoop(first: number) {
    for (let n = first; running; n += 1) {
      const startedAt = performance.now()
      const path = addresses[n % addresses.length] ?? '/'
      const response = await requestFromOne(ports(), n, path).catch((error: unknown) => String(error))
      seen.responses += 1
      seen.slowest = Math.max(seen.slowest, performance.now() - startedAt)
      if (typeof response === 'string') seen.errors.push(`${path}: ${response}`)
      else if (response.status !== 200) seen.errors.push(`${path}: ${response.status}`)
      else if (String(response.headers['cache-status']).includes('stale-if-error')) seen.stale += 1
      await pause(10)
    }
  }
  async function requestFromOne(ports: number[], n: number, path: string): Promise<TestResponse> {
    const reuse = ports.length === 1 ? { agent } : {}
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await sendRequest(ports[(n + attempt) % ports.length] ?? 0, { path, ...reuse })
      } catch (error) {
        // As nginx does for GET (`proxy_next_upstream error`): a keep-alive connection may be closed just when it is reused.
        const tryNext = ['ECONNREFUSED', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')
        if (!tryNext || ports.length === 1 || attempt > 20) throw error
      }
    }
  }
  const readers = [0, 1, 2, 3].map(readInLoop)
  return {
    seen,
    stop: async () => {
      running = false
      await Promise.all(readers)
      agent.destroy()
      return seen
    },
  }
}

/** Polls until the condition holds. @returns how long that took, in milliseconds */
export async function until(condition: () => Promise<boolean>, timeout = 15_000): Promise<number> {
  const startedAt = performance.now()
  while (!(await condition().catch(() => false))) {
    if (performance.now() - startedAt > timeout)
      throw new Error(`Not true after ${timeout} ms: ${condition.toString()}`)
    await pause(20)
  }
  return Math.round(performance.now() - startedAt)
}

export const cacheStatus = ({ headers }: TestResponse) => String(headers['cache-status'])
