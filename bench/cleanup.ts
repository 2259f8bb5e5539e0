import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

const cleanups: (() => Promise<unknown>)[] = []
let cleaningUp: Promise<void> | null = null

/** Has it ended when the benchmarks end, in whatever way; what was started last ends first. */
export function onCleanup(cleanup: () => Promise<unknown>) {
  cleanups.push(cleanup)
}

/** Ends everything. Who asks again while that happens waits for the same: whoever is interrupted fails, too, and must not leave before. */
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

/** A folder for this run alone. Others may pass through it, because Postgres runs as another account where we are root. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-bench-'))
  const { chmod } = await import('node:fs/promises')
  await chmod(folder, 0o711)
  onCleanup(() => rm(folder, { recursive: true, force: true }))
  return folder
}
