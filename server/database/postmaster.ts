import type { ChildProcess } from 'node:child_process'
import { access, open, readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '@/db/connection'
import { OperatorError } from '../operator-error'
import { isAlive, isZombie } from '../processes'
import { failureReason, spawnAs, type Cluster } from './cluster'

/** After a crash Postgres replays its log before it accepts connections. Milliseconds. */
const START_TIMEOUT = 60_000

export async function spawnPostgres(cluster: Cluster): Promise<ChildProcess> {
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
export async function waitUntilReady(cluster: Cluster, child: ChildProcess) {
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
export async function adopt(cluster: Cluster): Promise<number | null> {
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
    if (typeof dataDirectory === 'string' && (await isSameFolder(dataDirectory, cluster.folder))) return pid
    // Another process may have the number of a postmaster that crashed; Postgres itself detects that at its start.
    if (!(await isPostgres(pid))) return null
    await pause(200)
  }
  throw new OperatorError(
    `Another Postgres uses ${cluster.folder} and does not answer. Stop it, or set another DATA_DIR.`,
  )
}

const isSameFolder = async (one: string, other: string) =>
  (await realpath(one).catch(() => one)) === (await realpath(other).catch(() => other))

/** In which the processes of a killed Postgres exit and are reaped. Milliseconds. */
const REMAINS_TIMEOUT = 10_000

/** Whether Postgres refused to start because it takes something that a killed one left for a running one. */
export const isRefusedByRemains = (error: unknown) =>
  error instanceof Error && /lock file "postmaster.pid" already exists|shared memory block/u.test(error.message)

/**
 * Waits until nothing is left of a postmaster that was killed: its sessions end by themselves, and until it is reaped Postgres takes its number for
 * a running server. Where no process reaps it, its lock file is removed once its sessions are gone.
 */
export async function waitForRemains({ folder }: Pick<Cluster, 'folder'>) {
  const pid = await pidIn(folder)
  if (!pid || isAlive(pid)) return
  const deadline = Date.now() + REMAINS_TIMEOUT
  while (isZombie(pid) || (await hasSessions(folder))) {
    if (Date.now() > deadline) {
      if (!(await hasSessions(folder))) await rm(path.join(folder, 'postmaster.pid'), { force: true })
      return
    }
    await pause(50)
  }
}

/** Whether a process runs in the folder, as all of Postgres do. False where that cannot be seen. */
async function hasSessions(folder: string): Promise<boolean> {
  const own = await realpath(folder).catch(() => folder)
  for (const name of await readdir('/proc').catch(() => []))
    if (/^\d+$/u.test(name) && (await readlink(`/proc/${name}/cwd`).catch(() => '')) === own && isAlive(Number(name)))
      return true
  return false
}

/** Whether a Postgres runs on the data in a folder. */
export async function isRunningIn(folder: string): Promise<boolean> {
  const pid = await pidIn(folder)
  return pid > 0 && isAlive(pid) && (await isPostgres(pid))
}

/** The process in a lock file of Postgres; 0 where there is none. */
const pidIn = async (folder: string) =>
  Number((await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])

/** Stops the Postgres that a killed server left running in a folder, if one runs there. */
export async function stopLeftPostmaster(folder: string) {
  if (await isRunningIn(folder)) await stopPostmaster(await pidIn(folder))
  await waitForRemains({ folder })
}

/** SIGINT is Postgres' fast shutdown: it ends sessions and loses nothing acknowledged. SIGCONT resumes a stopped process for it. */
export async function stopPostmaster(pid: number) {
  process.kill(pid, 'SIGINT')
  process.kill(pid, 'SIGCONT')
  const deadline = Date.now() + 15_000
  while (isAlive(pid) && Date.now() < deadline) await pause(20)
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
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

export async function queryOnce(cluster: Cluster, query: string) {
  const connection = connect(urlOf(cluster), {
    connect_timeout: 2,
  })
  try {
    return await connection.unsafe(query)
  } finally {
    await connection.end({ timeout: 1 })
  }
}

export const urlOf = ({ password, port }: Cluster) => `postgres://broadsheet:${password}@127.0.0.1:${port}/postgres`

export const hasExited = (child: ChildProcess) =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null
