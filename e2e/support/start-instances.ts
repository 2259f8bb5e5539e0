import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { closeDatabase } from '@/db/client'
import { freePort } from '@/server/ports'
import { buildIfNeeded } from '../../scripts/prepare.mjs'
import { adminEmail, adminPassword } from './people'

/** Starts two servers for the whole run, as `npm start` does: one to work in, and one that stays as it was seeded. */
export default async function startInstances() {
  process.env.SESSION_SECRET = 'a secret for the browsers of this very run'
  // Otherwise each would build.
  await buildIfNeeded({ portal: true })
  const [working, seeded] = await Promise.all([startInstance(), startInstance()])
  Object.assign(process.env, {
    INSTANCE_URL: working.address,
    DATABASE_URL: working.databaseUrl,
    SEEDED_INSTANCE_URL: seeded.address,
  })
  return async () => {
    await Promise.all([working.stop(), seeded.stop()])
  }
}

/**
 * Moves this process to a server of its own, for tests that compare the whole database: in the shared one other tests write.
 * @returns stops it and moves back
 */
export async function useOwnInstance(): Promise<() => Promise<void>> {
  const { INSTANCE_URL, DATABASE_URL } = process.env
  await closeDatabase()
  const own = await startInstance()
  Object.assign(process.env, { INSTANCE_URL: own.address, DATABASE_URL: own.databaseUrl })
  return async () => {
    await closeDatabase()
    Object.assign(process.env, { INSTANCE_URL, DATABASE_URL })
    await own.stop()
  }
}

/** `npm start` with a data folder and a port of its own. */
async function startInstance() {
  const { INSTANCE_URL: _instance, DATABASE_URL: _database, ...inherited } = process.env
  const [dataDir, port] = [await mkdtemp(path.join(os.tmpdir(), 'broadsheet-e2e-')), await freePort()]
  const own = { PORT: String(port), DATA_DIR: dataDir, ADMIN_EMAIL: adminEmail, ADMIN_PASSWORD: adminPassword }
  const server = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...inherited, ...own, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let output = ''
    const onData = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('The newsroom is at')) resolve()
    }
    server.stdout.on('data', onData)
    server.stderr.on('data', onData)
    server.once('exit', () => reject(new Error(`The server did not start:\n${output}`)))
  })
  return {
    address: `http://localhost:${port}`,
    databaseUrl: (await readFile(path.join(dataDir, 'database-url'), 'utf8')).trim(),
    stop: async () => {
      server.kill('SIGTERM')
      await exited
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
