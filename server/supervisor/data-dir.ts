import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { OperatorError } from '../operator-error'

/** Milliseconds. */
const SETTLE_TIME = 100

/**
 * Makes the data folder and holds it for this server alone.
 * @returns gives it back; after a `kill -9` the next start finds out by itself that nobody holds it
 * @throws Sorry when a living server has it, or when it cannot be written
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  // Others may pass through (the account that runs Postgres), but not look around.
  await mkdir(dataDir, { recursive: true, mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The data folder ${dataDir} cannot be made (${error.code ?? error.message}). Set DATA_DIR to a folder that this account may write.`,
    )
  })
  const lock = path.join(dataDir, 'server.lock')
  const ours = JSON.stringify({ pid: process.pid, started: await processStartTime(process.pid) })
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(lock, ours, { flag: 'wx', mode: 0o600 })
      // Two who found the same dead holder may both have removed its lock, the later one the other's: whose is it now?
      if (attempt > 0) await pause(SETTLE_TIME)
      if ((await readFile(lock, 'utf8').catch(() => '')) !== ours) continue
      return () => rm(lock, { force: true })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST')
        throw new OperatorError(
          `The data folder ${dataDir} cannot be written (${code ?? 'unknown'}). Set DATA_DIR to a folder that this account may write.`,
        )
    }
    // One that is empty may be just being written: looked at twice.
    const owner = (await liveOwner(lock)) ?? (await pause(SETTLE_TIME, lock).then(liveOwner))
    if (owner !== null)
      throw new OperatorError(
        `The data folder ${dataDir} is in use by a Broadsheet that is running (process ${owner}). Stop that one first, or set another DATA_DIR.`,
      )
    await rm(lock, { force: true })
  }
  throw new OperatorError(`Another Broadsheet is starting in ${dataDir} at this moment.`)
}

const databaseUrlFile = (dataDir: string) => path.join(dataDir, 'database-url')

/** Where the database of a running server is, for commands beside it; readable by this account alone. */
export async function writeDatabaseUrl(dataDir: string, url: string) {
  await writeFile(databaseUrlFile(dataDir), url + '\n', { mode: 0o600 })
}

/** The database of the server that runs in this data folder, or null when none does. */
export async function runningDatabaseUrl(dataDir: string): Promise<string | null> {
  if ((await liveOwner(path.join(dataDir, 'server.lock'))) === null) return null
  return (await readFile(databaseUrlFile(dataDir), 'utf8').catch(() => '')).trim() || null
}

/** Who holds the lock, if that very process is still there; a number that was given to another process does not count. */
async function liveOwner(lock: string): Promise<number | null> {
  try {
    const { pid, started } = JSON.parse(await readFile(lock, 'utf8')) as { pid: number; started: string | null }
    process.kill(pid, 0)
    return (await processStartTime(pid)) === started ? pid : null
  } catch {
    return null
  }
}

/** When a process started, as the kernel counts it; null where the kernel does not say (outside Linux). */
async function processStartTime(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

/** A secret made once and kept in the data folder, readable by this account alone. */
export async function readOrCreateSecret(dataDir: string, name: string): Promise<string> {
  const file = path.join(dataDir, name)
  const stored = await readFile(file, 'utf8').catch(() => '')
  if (stored.trim() !== '') return stored.trim()
  const secret = randomBytes(32).toString('base64url')
  await writeFile(file, secret + '\n', { mode: 0o600 })
  return secret
}
