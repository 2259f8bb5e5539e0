import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'

const endings: (() => Promise<unknown>)[] = []

/** Has it ended when the benchmarks end, in whatever way; what was started last ends first. */
export function endLater(end: () => Promise<unknown>) {
  endings.push(end)
}

export async function cleanUp() {
  for (const end of endings.splice(0).reverse()) await end().catch((error: unknown) => console.error(String(error)))
}

export function onInterruptCleanUp() {
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
  endLater(() => rm(folder, { recursive: true, force: true }))
  return folder
}
