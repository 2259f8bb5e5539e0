import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { closeDatabase } from '@/db/client'
import { freePort } from '@/server/ports'
import { adminEmail, adminPassword } from '../people'

/**
 * A newspaper of one's own, for tests that say of every row in the house that nothing has changed: in the common one others are writing.
 * @returns what ends it, and leads back to the common one
 */
export async function useOwnInstance(): Promise<() => Promise<void>> {
  const { NEWSPAPER, DATABASE_URL, ...others } = process.env
  await closeDatabase()
  const [dataDir, port] = [await mkdtemp(path.join(os.tmpdir(), 'broadsheet-rights-')), await freePort()]
  const own = { PORT: String(port), DATA_DIR: dataDir, ADMIN_EMAIL: adminEmail, ADMIN_PASSWORD: adminPassword }
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...others, ...own, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (said: Buffer) => said.includes('The newsroom is at') && resolve())
    server.once('exit', () => reject(new Error('The newspaper did not start.')))
  })
  process.env.NEWSPAPER = `http://localhost:${port}`
  process.env.DATABASE_URL = (await readFile(path.join(dataDir, 'database-url'), 'utf8')).trim()
  return async () => {
    await closeDatabase()
    Object.assign(process.env, { NEWSPAPER, DATABASE_URL })
    server.kill('SIGTERM')
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
}
