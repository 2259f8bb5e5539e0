import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

const cleanups: (() => Promise<unknown>)[] = []
let cleaningUp: Promise<void> | null = null

/** Runs `cleanup` when the benchmarks end, in whatever way; in reverse order. */
export function onCleanup(cleanup: () => Promise<unknown>) {
  cleanups.push(cleanup)
}

/** A second call waits for the first: an interrupted benchmark fails as well, and must not exit earlier. */
export function cleanUp(): Promise<void> {
  cleaningUp ??= runCleanups()
  return cleaningUp
}

async function runCleanups() {
  for (let cleanup = cleanups.pop(); cleanup; cleanup = cleanups.pop())
    await cleanup().catch((error: unknown) => console.error(String(error)))
}

export function cleanUpOnInterrupt() {
  process.once('uncaughtException', (error) => {
    console.error(error)
    void cleanUp().then(() => process.exit(1))
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void cleanUp().then(() => process.exit(130)))
}

/** A folder for this run, which other accounts may traverse: Postgres runs as another account where we are root. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-bench-'))
  await chmod(folder, 0o711)
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
}
