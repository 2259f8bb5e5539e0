import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'
import { freePort } from './database/free-port'
import { ask, type Answer } from './front-door/door.test-support'

export const ADMIN = { email: 'editor@example.test', password: 'nine lives of a cat 9' }
export const SESSION_SECRET = 'a secret for the tests of this very run'

const run = promisify(execFile)
const BUILDING = '.test/building'
const BUILDS_WITHIN = 180_000

/** The portal as it is now, built; files that run side by side wait for one build. */
export async function built() {
  await mkdir('.test', { recursive: true })
  const mine = () => mkdir(BUILDING).then(
    () => true,
    () => false,
  ) // prettier-ignore
  while (!(await mine())) {
    const { mtimeMs } = await stat(BUILDING).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > BUILDS_WITHIN) await rm(BUILDING, { recursive: true, force: true })
    await pause(200)
  }
  const build = "import('./server/prepare.mjs').then(({ buildIfNeeded }) => buildIfNeeded({ portal: true }))"
  await run(process.execPath, ['-e', build]).finally(() => rm(BUILDING, { recursive: true, force: true }))
}

/** Also what a failed test leaves behind is ended. */
const started = new Set<ChildProcess>()
afterAll(() => {
  for (const server of started) server.kill('SIGKILL')
})

export type Newspaper = Awaited<ReturnType<typeof startNewspaper>>

/** What `npm start` runs, as a process of its own. Resolves when `ready` was said. */
export async function startNewspaper(
  settings: { dataDir: string; databaseUrl?: string; port?: number },
  ready = 'The newsroom is at',
) {
  const port = settings.port ?? (await freePort())
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    DATA_DIR: settings.dataDir,
    ...(settings.databaseUrl === undefined ? {} : { DATABASE_URL: settings.databaseUrl }),
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SESSION_SECRET,
    SITE_URL: 'http://news.example',
    LOG_LEVEL: 'warn',
  } as unknown as NodeJS.ProcessEnv
  const server = spawn(process.execPath, ['server/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)))
  started.add(server)
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      if (said.includes(ready)) resolve()
    }
    server.stdout.on('data', hear)
    server.stderr.on('data', hear)
    void ended.then(() => reject(new Error(`The newspaper ended:\n${said}`)))
  })
  let isEnding = false
  void ended.then((code) => isEnding || console.error(`A newspaper ended by itself (${code}):\n${said}`))
  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => ask(port, { path, headers })
  return {
    port,
    get,
    said: () => said,
    pid: server.pid ?? 0,
    ended,
    end: (signal: NodeJS.Signals = 'SIGTERM') => {
      isEnding = true
      server.kill(signal)
      return ended
    },
    rendererPid: async () => Number((await run('pgrep', ['-P', String(server.pid)])).stdout.trim().split('\n').at(-1)),
  }
}

/** The process that rules the embedded database in a data folder. */
export async function postmasterOf(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(`${dataDir}/postgres/cluster/postmaster.pid`, 'utf8'), 10)
}

/** Readers who ask for the same addresses again and again, at one or several servers, as behind a balancer that tries the next one when a connection is refused. */
export function startReading(ports: () => number[], addresses: string[]) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 })
  const seen = { answers: 0, stale: 0, longest: 0, wrong: [] as string[] }
  let reading = true
  async function readOn(first: number) {
    for (let n = first; reading; n += 1) {
      const began = performance.now()
      const path = addresses[n % addresses.length] ?? '/'
      const answer = await askOneOf(ports(), n, path).catch((error: unknown) => String(error))
      seen.answers += 1
      seen.longest = Math.max(seen.longest, performance.now() - began)
      if (typeof answer === 'string') seen.wrong.push(`${path}: ${answer}`)
      else if (answer.status !== 200) seen.wrong.push(`${path}: ${answer.status}`)
      else if (String(answer.headers['cache-status']).includes('stale-because-broken')) seen.stale += 1
      await pause(10)
    }
  }
  async function askOneOf(ports: number[], n: number, path: string): Promise<Answer> {
    const kept = ports.length === 1 ? { agent } : {}
    for (let tried = 0; ; tried += 1) {
      try {
        return await ask(ports[(n + tried) % ports.length] ?? 0, { path, ...kept })
      } catch (error) {
        // As a balancer does with a reading (nginx: `proxy_next_upstream error`): a kept connection may be closed just when it is used again.
        const passedOver = ['ECONNREFUSED', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '')
        if (!passedOver || ports.length === 1 || tried > 20) throw error
      }
    }
  }
  const readers = [0, 1, 2, 3].map(readOn)
  return {
    seen,
    stop: async () => {
      reading = false
      await Promise.all(readers)
      agent.destroy()
      return seen
    },
  }
}

/** Waits until it is so. @returns after how many milliseconds it was */
export async function until(isSo: () => Promise<boolean>, within = 15_000): Promise<number> {
  const began = performance.now()
  while (!(await isSo().catch(() => false))) {
    if (performance.now() - began > within)
      throw new Error(`It was still not so after ${within} ms: ${isSo.toString()}`)
    await pause(20)
  }
  return Math.round(performance.now() - began)
}

export const cacheStatus = ({ headers }: Answer) => String(headers['cache-status'])
