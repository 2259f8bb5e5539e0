import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { OperatorError } from '../operator-error'
import { isAlive, processStartTime } from '../processes'

/** How long a lock file that another process is writing may stay incomplete. Milliseconds. */
const SETTLE_TIME = 100

/** In which a process that was killed exits. Milliseconds. */
const EXIT_TIME = 1000

/**
 * Creates the data folder and locks it for this server.
 * @returns unlocks it; the lock of a server that was killed is stale, and the next start replaces it
 * @throws OperatorError when a running server has the lock, or the folder is not writable
 */
export async function lockDataDir(dataDir: string): Promise<() => Promise<void>> {
  // Other accounts (that of Postgres) may traverse it, but not list it.
  await mkdir(dataDir, { recursive: true, mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(
      `The data folder ${dataDir} cannot be created (${error.code ?? error.message}). Set DATA_DIR to a folder that this account may write.`,
    )
  })
  const lock = path.join(dataDir, 'server.lock')
  const ours = JSON.stringify({ pid: process.pid, started: processStartTime(process.pid) })
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(lock, ours, { flag: 'wx', mode: 0o600 })
      // Two starts that found the same stale lock may both have removed it, the later one the other's: check whose it is now.
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
    const owner = await ownerAfterWait(lock)
    if (owner !== null)
      throw new OperatorError(
        `The data folder ${dataDir} is in use by a Broadsheet that is running (process ${owner}). Stop that one first, or set another DATA_DIR.`,
      )
    await rm(lock, { force: true })
  }
  throw new OperatorError(`Another Broadsheet is starting in ${dataDir} at this moment.`)
}

/** Waits for an owner that was killed a moment ago. An empty lock may be in the middle of being written: it is read twice. */
async function ownerAfterWait(lock: string): Promise<number | null> {
  for (let waited = 0; waited < EXIT_TIME; waited += SETTLE_TIME) {
    const owner = (await liveOwner(lock)) ?? (await pause(SETTLE_TIME, lock).then(liveOwner))
    if (owner === null) return null
    await pause(SETTLE_TIME)
  }
  return liveOwner(lock)
}

const databaseUrlFile = (dataDir: string) => path.join(dataDir, 'database-url')

/** Stores the address of the running server's database for the command line tools; readable by this account only. */
export async function writeDatabaseUrl(dataDir: string, url: string) {
  await writeFile(databaseUrlFile(dataDir), url + '\n', { mode: 0o600 })
}

/** The database of the server that runs in this data folder; null when none runs. */
export async function runningDatabaseUrl(dataDir: string): Promise<string | null> {
  if ((await liveOwner(path.join(dataDir, 'server.lock'))) === null) return null
  return (await readFile(databaseUrlFile(dataDir), 'utf8').catch(() => '')).trim() || null
}

/** The process that has the lock; null when it has exited, also where its number belongs to another process now. */
async function liveOwner(lock: string): Promise<number | null> {
  try {
    const { pid, started } = JSON.parse(await readFile(lock, 'utf8')) as { pid: number; started: string | null }
    return isAlive(pid) && processStartTime(pid) === started ? pid : null
  } catch {
    return null
  }
}

/** A secret that is generated once and stored in the data folder, readable by this account only. */
export async function readOrCreateSecret(dataDir: string, name: string): Promise<string> {
  const file = path.join(dataDir, name)
  const stored = await readFile(file, 'utf8').catch(() => '')
  if (stored.trim() !== '') return stored.trim()
  const secret = randomBytes(32).toString('base64url')
  await writeFile(file, secret + '\n', { mode: 0o600 })
  return secret
}
