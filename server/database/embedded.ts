import { spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { access, chmod, chown, lchown, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { Sorry } from '../sorry'
import { findBinaries, whoRunsPostgres, type Binaries, type RunAs } from './binaries'

/** A database that is up: where it is, and how to end it. */
export type RunningDatabase = { url: string; version: string; stop: () => Promise<void> }

/** How long Postgres may take to answer after its start: after a crash it first reads its log again. */
const STARTS_WITHIN = 60_000

/** After a crash the next start waits this long at first, and twice as long each time, up to the last. Milliseconds. */
const RESTART_AFTER = { first: 250, last: 10_000 }

type Cluster = { folder: string; log: string; binaries: Binaries; runAs: RunAs; password: string; port: number }

/**
 * Starts the embedded Postgres in `dataDir`, or adopts the one that a killed server left running, and keeps it running until `stop`.
 * @throws Sorry in one sentence when it cannot
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  said: (sentence: string) => void = () => undefined,
): Promise<RunningDatabase> {
  const binaries = await findBinaries()
  const home = path.resolve(dataDir, 'postgres')
  await mkdir(home, { recursive: true })
  const runAs = await whoRunsPostgres(binaries, home)
  const folder = path.join(home, 'cluster')
  const cluster: Cluster = {
    folder,
    log: path.join(home, 'postgres.log'),
    binaries,
    runAs,
    password: await keptPassword(dataDir),
    port: 0,
  }
  await makeCluster(cluster, home)
  const adopted = await adopt(cluster)
  if (!adopted) cluster.port = await freePort()
  const supervisor = new Supervisor(cluster, said)
  await supervisor.start(adopted)
  const [row] = await ask(cluster, 'show server_version')
  return { url: urlOf(cluster), version: String(row?.server_version ?? ''), stop: () => supervisor.stop() }
}

class Supervisor {
  private stopping = false
  private pid: number | null = null
  private restartAfter = RESTART_AFTER.first
  constructor(
    private readonly cluster: Cluster,
    private readonly said: (sentence: string) => void,
  ) {}

  async start(adopted: number | null) {
    if (adopted === null) await this.spawn()
    else {
      this.pid = adopted
      void this.watchAdopted(adopted)
    }
  }

  async stop() {
    this.stopping = true
    const pid = this.pid
    if (pid === null || !isAlive(pid)) return
    // SIGINT is Postgres' fast shutdown: sessions end, nothing acknowledged is lost.
    process.kill(pid, 'SIGINT')
    const deadline = Date.now() + 15_000
    while (isAlive(pid) && Date.now() < deadline) await pause(20)
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
  }

  private async spawn() {
    const child = await spawnPostgres(this.cluster)
    this.pid = child.pid ?? null
    child.once('exit', () => void this.restart())
    await answering(this.cluster, child)
  }

  private async restart() {
    if (this.stopping) return
    this.pid = null
    this.said(`Postgres ended unexpectedly; starting it again (see ${this.cluster.log}).`)
    await pause(this.restartAfter)
    this.restartAfter = Math.min(this.restartAfter * 2, RESTART_AFTER.last)
    if (this.stopping) return
    try {
      await this.spawn()
      this.restartAfter = RESTART_AFTER.first
      this.said('Postgres is back.')
    } catch {
      // Its exit has called restart() again.
    }
  }

  /** A postmaster that is not our child has no exit event: look whether it is there. */
  private async watchAdopted(pid: number) {
    while (!this.stopping && isAlive(pid)) await pause(250)
    await this.restart()
  }
}

async function keptPassword(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'postgres-password')
  const kept = await readFile(file, 'utf8').catch(() => '')
  if (kept.trim() !== '') return kept.trim()
  const password = randomBytes(24).toString('base64url')
  await writeFile(file, password + '\n', { mode: 0o600 })
  return password
}

/** Makes the cluster beside its place and moves it there when it is whole, so a killed first start leaves nothing half-made. */
async function makeCluster(cluster: Cluster, home: string) {
  const { folder, binaries, runAs, password } = cluster
  await chmod(home, 0o755)
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version !== null) {
    if (version.trim() !== binaries.major) {
      throw new Sorry(
        `The data in ${folder} is of Postgres ${version.trim()}, and this Broadsheet brings Postgres ${binaries.major}. Run the former Broadsheet, dump the data and restore it here, or set DATABASE_URL.`,
      )
    }
    await own(folder, runAs)
    return
  }
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  const passwordFile = `${folder}.password`
  await writeFile(passwordFile, password + '\n', { mode: 0o600 })
  await own(unfinished, runAs)
  if (runAs.uid !== undefined && runAs.gid !== undefined) await chown(passwordFile, runAs.uid, runAs.gid)
  const options = [
    '--pgdata',
    unfinished,
    '--username=broadsheet',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ]
  const locale = [
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--lc-collate=C',
    '--lc-ctype=C',
    '--data-checksums',
    '--no-instructions',
  ]
  const output = await runToEnd(binaries.initdb, [...options, ...locale], cluster)
  await rm(passwordFile, { force: true })
  if (output.code !== 0)
    throw new Sorry(`Postgres could not make its data folder ${unfinished}: ${lastLine(output.said)}`)
  await rename(unfinished, folder)
}

async function own(folder: string, { uid, gid }: RunAs) {
  if (uid === undefined || gid === undefined) {
    return
  }
  await chown(folder, uid, gid)
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    await lchown(path.join(entry.parentPath, entry.name), uid, gid)
}

function runToEnd(
  program: string,
  options: string[],
  cluster: Cluster,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = under(cluster.runAs, program, options, ['ignore', 'pipe', 'pipe'])
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })
}

function under(runAs: RunAs, program: string, options: string[], stdio: ('ignore' | 'pipe' | number)[]): ChildProcess {
  const [first, ...rest] = [...runAs.prefix, program, ...options]
  const { uid, gid } = runAs
  const env = { PATH: process.env.PATH, HOME: '/', TZ: 'UTC', LANG: 'C', LC_ALL: 'C' } as unknown as NodeJS.ProcessEnv
  // Detached: Ctrl-C is for the server, which stops its database last.
  return spawn(first ?? program, rest, {
    ...(uid === undefined ? {} : { uid, gid }),
    cwd: '/',
    env,
    stdio,
    detached: true,
  })
}

async function spawnPostgres(cluster: Cluster): Promise<ChildProcess> {
  const log = await open(cluster.log, 'a', 0o640)
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(cluster.port),
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = under(
    cluster.runAs,
    cluster.binaries.postgres,
    ['-D', cluster.folder, ...options],
    ['ignore', log.fd, log.fd],
  )
  child.unref()
  await log.close()
  return child
}

/** Waits until Postgres answers, or says what it said when it ended instead. */
async function answering(cluster: Cluster, child: ChildProcess) {
  const deadline = Date.now() + STARTS_WITHIN
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Sorry(`Postgres did not start: ${lastLine(await readFile(cluster.log, 'utf8').catch(() => ''))}`)
    if (
      await ask(cluster, 'select 1').then(
        () => true,
        () => false,
      )
    )
      return
    await pause(20)
  }
  throw new Sorry(`Postgres did not answer within ${STARTS_WITHIN / 1000} seconds. See ${cluster.log}.`)
}

/** The postmaster that a killed server left behind, if it answers with our password; one that is still ending is waited for. */
async function adopt(cluster: Cluster): Promise<number | null> {
  const deadline = Date.now() + STARTS_WITHIN
  while (Date.now() < deadline) {
    const lines = (await readFile(path.join(cluster.folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    if (!pid || !isAlive(pid)) return null
    if (!port) {
      await pause(100)
      continue
    }
    cluster.port = port
    const answer = await ask(cluster, 'show data_directory').then(
      ([row]) => row?.data_directory,
      () => null,
    )
    if (answer === cluster.folder) return pid
    // Another process may have got the number of one that crashed: Postgres itself finds that out when it starts.
    if (!(await isPostgres(pid))) return null
    await pause(200)
  }
  throw new Sorry(`Another Postgres uses ${cluster.folder} and does not answer. Stop it, or set another DATA_DIR.`)
}

async function isPostgres(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null)
  return command === null
    ? access('/proc').then(
        () => false,
        () => true,
      )
    : command.includes('postgres')
}

async function ask(cluster: Cluster, question: string) {
  const connection = postgres(urlOf(cluster), { max: 1, connect_timeout: 2, onnotice: () => undefined })
  try {
    return await connection.unsafe(question)
  } finally {
    await connection.end({ timeout: 1 })
  }
}

const urlOf = ({ password, port }: Cluster) => `postgres://broadsheet:${password}@127.0.0.1:${port}/postgres`

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A port that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.')),
      )
    })
  })
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''
