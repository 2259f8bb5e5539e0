import type { ChildProcess } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Backoff } from '@/lib/backoff'
import { freePort } from '../ports'
import { isAlive } from '../processes'
import { accountForPostgres, findPackage, noPackage } from './binaries'
import { ensureCluster, newPassword, readPassword, writePassword, type Cluster } from './cluster'
import { findFolders, settleFolders } from './folders'
import {
  adopt,
  hasExited,
  isRefusedByRemains,
  isRunningIn,
  queryOnce,
  spawnPostgres,
  stopLeftPostmaster,
  stopPostmaster,
  urlOf,
  waitForRemains,
  waitUntilReady,
} from './postmaster'
import { ensureProgram } from './program'

export type RunningDatabase = { url: string; version: string; stop: () => Promise<void> }

/** Milliseconds. */
const RESTART_DELAY = { first: 250, last: 10_000 }

/** For how long a start is repeated that was refused because of a killed Postgres. Milliseconds. */
const REMAINS_DEADLINE = 15_000

/**
 * Starts the embedded Postgres in `dataDir`, or adopts the one that a killed server left running, and restarts it whenever it exits, until `stop`.
 * @throws OperatorError when it cannot
 */
export async function startEmbeddedDatabase(
  dataDir: string,
  log: (sentence: string) => void = () => undefined,
): Promise<RunningDatabase> {
  const home = path.resolve(dataDir, 'postgres')
  const packaged = await findPackage()
  const folders = await findFolders(home, packaged?.major ?? null, noPackage)
  if (folders.leftAlone !== null)
    log(`${folders.leftAlone} is left alone: the data in use are in ${folders.cluster}. See docs/operating.md.`)
  const binaries = await ensureProgram(folders, packaged, await isRunningIn(folders.cluster), log)
  // A server can be adopted where it runs, but not be moved.
  if (folders.moveFrom !== null) await stopLeftPostmaster(folders.moveFrom)
  await settleFolders(folders)
  await chmod(home, 0o755).catch(() => undefined)
  const folder = folders.cluster
  const runAs = await accountForPostgres(binaries, folder)
  const storedPassword = await readPassword(dataDir)
  const cluster: Cluster = {
    folder,
    log: folders.log,
    binaries,
    runAs,
    password: storedPassword ?? newPassword(),
    port: 0,
  }
  await ensureCluster(cluster, path.dirname(folder), storedPassword !== null)
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
    const deadline = Date.now() + REMAINS_DEADLINE
    for (;;) {
      await waitForRemains(this.cluster)
      const child = await this.spawn()
      try {
        await waitUntilReady(this.cluster, child)
        return void this.watch(child)
      } catch (error) {
        if (!isRefusedByRemains(error) || Date.now() > deadline) {
          await this.stop()
          throw error
        }
        await pause(RESTART_DELAY.first)
      }
    }
  }

  async stop() {
    this.stopping = true
    const pid = this.pid
    if (pid === null || !isAlive(pid)) return
    await stopPostmaster(pid)
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
