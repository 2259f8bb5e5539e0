import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@/db/connection'
import { startEmbeddedDatabase } from '@/server/database/embedded'
import { freePort } from '@/server/ports'
import { onCleanup, temporaryFolder } from './cleanup'

/** A server under test. */
export type Running = { origin: string; pid: number; stop: () => Promise<void> }

/** Enough for a start with a million stories after a crash. Milliseconds. */
const START_TIMEOUT = 120_000

export async function startDatabase(): Promise<{ url: string }> {
  const { url, stop } = await startEmbeddedDatabase(await temporaryFolder())
  onCleanup(stop)
  return { url }
}

export async function createDatabase({ url }: { url: string }, name: string): Promise<string> {
  const connection = connect(url)
  await connection.unsafe(`create database ${name}`)
  await connection.end()
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}

/** Starts what `npm start` starts. Resolves when it is ready. */
export async function startServer(databaseUrl: string, env: Record<string, string> = {}): Promise<Running> {
  const port = await freePort()
  const dataDir = path.join(await temporaryFolder(), 'data')
  await mkdir(dataDir, { recursive: true })
  const child = run(['scripts/start.mjs'], {
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    ADMIN_EMAIL: 'admin@bench.test',
    ADMIN_PASSWORD: 'a password for minutes',
    DATABASE_URL: databaseUrl,
    ...env,
  })
  return waitUntilReady(child, `http://127.0.0.1:${port}`, '/readyz')
}

/** Starts what `next start` starts for a standalone build: the renderer alone, without a page cache. */
export async function startPlainNext(databaseUrl: string, siteUrl: string): Promise<Running> {
  const port = await freePort()
  const secret = 'a secret for minutes, and for nobody else'
  const child = run(['.next/standalone/server.js'], {
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SITE_URL: siteUrl,
    SESSION_SECRET: secret,
    NEXTAUTH_SECRET: secret,
    NEXTAUTH_URL: siteUrl,
  })
  return waitUntilReady(child, `http://127.0.0.1:${port}`, '/robots.txt')
}

/** Starts a Node program that writes its port as its first line. */
export async function startProgram(program: string[]): Promise<Running> {
  const child = run(program, {})
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    child.once('exit', () => reject(new Error(`${program.join(' ')} exited at once.`)))
  })
  return waitUntilReady(child, `http://127.0.0.1:${port}`, '/')
}

function run(program: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, program, {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      NEXT_TELEMETRY_DISABLED: '1',
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Detached: Ctrl-C reaches only the benchmark, which stops its processes in order.
    detached: true,
  })
  child.stdout?.on('data', collectOutput(child))
  child.stderr?.on('data', collectOutput(child))
  return child
}

const outputs = new WeakMap<ChildProcess, string>()
const collectOutput = (child: ChildProcess) => (chunk: Buffer) =>
  void outputs.set(child, ((outputs.get(child) ?? '') + chunk.toString()).slice(-4000))

async function waitUntilReady(child: ChildProcess, origin: string, path: string): Promise<Running> {
  const running = { origin, pid: child.pid ?? 0, stop: () => stop(child) }
  onCleanup(running.stop)
  const deadline = Date.now() + START_TIMEOUT
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    if (
      await fetch(origin + path).then(
        ({ status }) => status < 500,
        () => false,
      )
    )
      return running
    await pause(50)
  }
  throw new Error(`${child.spawnargs.join(' ')} did not start:\n${outputs.get(child) ?? ''}`)
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const killTimer = setTimeout(() => child.kill('SIGKILL'), 30_000)
  await exited
  clearTimeout(killTimer)
}

/** Waits until the cache warmer is idle. */
export async function untilIdle({ origin }: Running) {
  for (let idle = 0, before = -1; idle < 5;) {
    const text = await (await fetch(`${origin}/metrics`)).text()
    const rendered = Number(/^broadsheet_renders_total\{outcome="rendered"\} (\d+)/mu.exec(text)?.[1] ?? 0)
    idle = rendered === before ? idle + 1 : 0
    before = rendered
    await pause(200)
  }
}
