import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { buildIfNeeded } from '../../scripts/prepare.mjs'
import { adminEmail, adminPassword } from './people'

/** Starts two real newspapers for the whole run, as a sysadmin would: one in which people work, and one that stays as it was seeded. */
export default async function startInstances() {
  process.env.SESSION_SECRET = 'a secret for the browsers of this very run'
  // Each would build the portal where it is not built yet.
  await buildIfNeeded({ portal: true })
  const [working, seeded] = await Promise.all([startInstance(), startInstance()])
  process.env.NEWSPAPER = working.address
  process.env.DATABASE_URL = (await readFile(path.join(working.dataDir, 'database-url'), 'utf8')).trim()
  process.env.FIRST_EDITION = seeded.address
  return async () => {
    await Promise.all([working.stop(), seeded.stop()])
  }
}

/** `npm start` with a data folder and a port of its own. */
async function startInstance(): Promise<{ address: string; dataDir: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-e2e-'))
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    ADMIN_EMAIL: adminEmail,
    ADMIN_PASSWORD: adminPassword,
    LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, ['scripts/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  await waitForOutput(server, 'The newsroom is at')
  return {
    address: `http://localhost:${port}`,
    dataDir,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function waitForOutput(server: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const onData = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(words)) resolve()
    }
    server.stdout?.on('data', onData)
    server.stderr?.on('data', onData)
    server.once('exit', () => reject(new Error(`The newspaper did not start:\n${output}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No free port.')),
      )
    })
  })
}
