import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { access, mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Backoff } from '@/lib/backoff'
import { OperatorError } from '../operator-error'
import { findBinaries, accountForPostgres } from './binaries'
import {
  writePassword,
  readPassword,
  failureReason,
  ensureCluster,
  newPassword,
  spawnAs,
  type Cluster,
} from './cluster'
import { freePort } from '../ports'
import { connect } from '@/db/connection'

export type RunningDatabase = { url: string; version: string; stop: () => Promise<void> }

/** After a crash Postgres replays its log before it accepts connections. Milliseconds. */
const START_TIMEOUT = 60_000

/** Milliseconds. */
const RESTART_DELAY = { first: 250, last: 10_000 }

/**
 * Starts the embedded Postgres in `dataDir`, or adopts the one that a killed server left running, and restarts it whenever it exits, until `stop`.
 * @throws OperatorError when it cannot
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  log: (sentence: string) => void = () => undefined,
): Promise<RunningDatabase> {
  const binaries = await findBinaries()
  const home = path.resolve(dataDir, 'postgres')
  await mkdir(home, { recursive: true })
  const runAs = await accountForPostgres(binaries, home)
  const folder = path.join(home, 'cluster')
  const storedPassword = await readPassword(dataDir)
  const cluster: Cluster = {
    folder,
    log: path.join(home, 'postgres.log'),
    binaries,
    runAs,
    password: storedPassword ?? newPassword(),
    port: 0,
  }
  await ensureCluster(cluster, home, storedPassword !== null)
  if (storedPassword === null) await writePassword(dataDir, cluster)
  const adopted = await adopt(cluster)
  if (!adopted) cluster.port = await freePort()
  const supervisor = new PostgresSupervisor(cluster, log)
  await supervisor.start(adopted)
  const [row] = await queryOnce(cluster, 'show server_version')
  return { url: urlOf(cluster), version: String(row?.server_version ?? ''), stop: () => supervisor.stop() }
}

class PostgresSupervisor {
  private stopping = false
  private pid: number | null = null
  private readonly backoff = new Backoff(RESTART_DELAY)
  constructor(
    private readonly cluster: Cluster,
    private readonly log: (sentence: string) => void,
  ) {}

  /** @throws OperatorError when Postgres does not start; then nothing is left running */
  async start(adopted: number | null) {
    if (adopted !== null) {
      this.pid = adopted
      void this.watchAdopted(adopted)
      return
    }
    const child = await this.spawn()
    await waitUntilReady(this.cluster, child).catch(async (error: unknown) => {
      await this.stop()
      throw error
    })
    void this.watch(child)
  }

  async stop() {
    this.stopping = true
    const pid = this.pid
    if (pid === null || !isAlive(pid)) return
    // SIGINT is Postgres' fast shutdown: it ends sessions and loses nothing acknowledged. SIGCONT resumes a stopped process for it.
    process.kill(pid, 'SIGINT')
    process.kill(pid, 'SIGCONT')
    const deadline = Date.now() + 15_000
    while (isAlive(pid) && Date.now() < deadline) await pause(20)
    if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
  }

  private async spawn(): Promise<ChildProcess> {
    const child = await spawnPostgres(this.cluster)
    this.pid = child.pid ?? null
    // `waitUntilReady` then finds that the child has exited.
    child.on('error', (error) => this.log(`Postgres could not be run: ${error.message}`))
    return child
  }

  private async watch(child: ChildProcess) {
    if (!hasExited(child)) await new Promise((resolve) => child.once('exit', resolve))
    await this.restart()
  }

  /** A postmaster that is not our child has no exit event. */
  private async watchAdopted(pid: number) {
    while (!this.stopping && isAlive(pid)) await pause(250)
    await this.restart()
  }

  private async restart() {
    if (!this.stopping) this.log(`Postgres exited unexpectedly; restarting it (see ${this.cluster.log}).`)
    while (!this.stopping) {
      await pause(this.backoff.next())
      if (this.stopping) return
      try {
        const child = await this.spawn()
        await waitUntilReady(this.cluster, child)
        this.backoff.reset()
        this.log('Postgres works again.')
        return void this.watch(child)
      } catch (error) {
        this.log(error instanceof Error ? error.message : String(error))
      }
    }
  }
}

async function spawnPostgres(cluster: Cluster): Promise<ChildProcess> {
  const logFile = await open(cluster.log, 'a', 0o640)
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
  const child = spawnAs(
    cluster.runAs,
    cluster.binaries.postgres,
    ['-D', cluster.folder, ...options],
    ['ignore', logFile.fd, logFile.fd],
  )
  child.unref()
  await logFile.close()
  return child
}

/** @throws OperatorError when Postgres exits, with its reason, or does not respond in time */
async function waitUntilReady(cluster: Cluster, child: ChildProcess) {
  const deadline = Date.now() + START_TIMEOUT
  while (Date.now() < deadline) {
    if (hasExited(child))
      throw new OperatorError(
        `Postgres did not start: ${failureReason(await readFile(cluster.log, 'utf8').catch(() => ''), 'last')}`,
      )
    if (
      await queryOnce(cluster, 'select 1').then(
        () => true,
        () => false,
      )
    )
      return
    await pause(20)
  }
  throw new OperatorError(`Postgres did not answer within ${START_TIMEOUT / 1000} seconds. See ${cluster.log}.`)
}

/** The postmaster that a killed server left running, if it accepts our password; waits for one that is shutting down. */
async function adopt(cluster: Cluster): Promise<number | null> {
  const deadline = Date.now() + START_TIMEOUT
  while (Date.now() < deadline) {
    const lines = (await readFile(path.join(cluster.folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    const [pid, port] = [Number(lines[0]), Number(lines[3])]
    if (!pid || !isAlive(pid)) return null
    if (!port) {
      await pause(100)
      continue
    }
    cluster.port = port
    const dataDirectory = await queryOnce(cluster, 'show data_directory').then(
      ([row]) => row?.data_directory,
      () => null,
    )
    if (dataDirectory === cluster.folder) return pid
    // Another process may have the number of a postmaster that crashed; Postgres itself detects that at its start.
    if (!(await isPostgres(pid))) return null
    await pause(200)
  }
  throw new OperatorError(
    `Another Postgres uses ${cluster.folder} and does not answer. Stop it, or set another DATA_DIR.`,
  )
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

async function queryOnce(cluster: Cluster, query: string) {
  const connection = connect(urlOf(cluster), {
    connect_timeout: 2,
  })
  try {
    return await connection.unsafe(query)
  } finally {
    await connection.end({ timeout: 1 })
  }
}

const urlOf = ({ password, port }: Cluster) => `postgres://broadsheet:${password}@127.0.0.1:${port}/postgres`

const hasExited = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A process that has exited and was not reaped; in some containers no process does that. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat[stat.lastIndexOf(')') + 2] === 'Z'
  } catch {
    return false
  }
}
