import { execFileSync, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postmasterPid, until } from '../supervisor/server-process.test-support'
import { accountForPostgres } from './binaries'
import { startEmbeddedDatabase, type RunningDatabase } from './embedded'
import { connect } from '@/db/connection'

let folder: string
const running: RunningDatabase[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-embedded-'))
})

afterEach(async () => {
  for (const database of running.splice(0)) await database.stop()
  await rm(folder, { recursive: true, force: true })
})

async function started(lines: string[] = []): Promise<RunningDatabase> {
  const database = await startEmbeddedDatabase(folder, (line) => lines.push(line))
  running.push(database)
  return database
}

async function query(url: string, sql: string) {
  const connection = connect(url, { connect_timeout: 2 })
  return connection.unsafe(sql).finally(() => connection.end({ timeout: 1 }))
}

const isUp = (url: string) => query(url, 'select 1').then((rows) => rows.length === 1)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a killed postmaster is restarted on the same port, and everything acknowledged is still there', async () => {
  const lines: string[] = []
  const { url } = await started(lines)
  await query(url, 'create table numbers as select generate_series(1, 100) as n')
  for (let round = 0; round < 2; round += 1) {
    const before = await postmasterPid(folder)
    process.kill(before, 'SIGKILL')
    const elapsed = await until(async () => (await isUp(url)) && (await postmasterPid(folder)) !== before)
    console.log(`kill -9 of the postmaster: responds again after ${elapsed} ms`)
  }
  expect(await query(url, 'select count(*)::int as count from numbers')).toEqual([{ count: 100 }])
  expect(lines.join('\n')).toContain('Postgres exited unexpectedly')
  expect(lines.join('\n')).toContain('Postgres works again.')
})

test.runIf(process.getuid?.() === 0)(
  'root takes over a data folder whose Postgres ran as another account',
  async () => {
    const { url, stop } = await started()
    await query(url, 'create table numbers as select 1 as n')
    await stop()
    running.splice(0)
    execFileSync('chown', ['-R', '65534:65534', path.join(folder, 'postgres', '18', 'cluster')])
    const restarted = await started()
    expect(await query(restarted.url, 'select n from numbers')).toEqual([{ n: 1 }])
  },
)

test.runIf(process.getuid?.() === 0)('root leaves the data of another account to that account', async () => {
  const home = path.join(folder, 'postgres')
  await mkdir(path.join(home, 'cluster'), { recursive: true, mode: 0o755 })
  await chmod(folder, 0o711)
  await chown(path.join(home, 'cluster'), 4711, 4712)
  expect(await accountForPostgres({ postgres: '/bin/true' }, path.join(home, 'cluster'))).toEqual({
    uid: 4711,
    gid: 4712,
    prefix: [],
  })
})

test.runIf(process.getuid?.() === 0)('data that this account may not read is reported and left alone', async () => {
  await (await started()).stop()
  running.splice(0)
  execFileSync('chown', ['-R', '65534:65534', folder])
  execFileSync('chown', ['-R', '0:0', path.join(folder, 'postgres', '18', 'cluster')])
  const program = `import { ensureCluster } from './server/database/cluster.ts'
    const cluster = { folder: ${JSON.stringify(`${folder}/postgres/18/cluster`)}, runAs: { prefix: [] }, binaries: {}, password: 'x' }
    process.setgid(65534); process.setuid(65534)
    await ensureCluster(cluster, ${JSON.stringify(`${folder}/postgres/18`)}, true).catch((error) => console.log(error.message))`
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
  expect(execFileSync(process.execPath, options).toString()).toContain('/cluster belongs to another account (EACCES)')
})

test('a data directory restored from a backup without its password opens with everything in it', async () => {
  const { url, stop } = await started()
  await query(url, 'create table numbers as select 1 as n')
  await stop()
  running.splice(0)
  await rm(path.join(folder, 'postgres-password'))
  const restarted = await started()
  expect(await query(restarted.url, 'select n from numbers')).toEqual([{ n: 1 }])
})

test('a postmaster that a killed server left running is adopted, supervised, and stopped with its new server', async () => {
  const program = `import { startEmbeddedDatabase } from './server/database/embedded.ts'
    console.log((await startEmbeddedDatabase(${JSON.stringify(folder)})).url)
    setInterval(() => undefined, 1000)`
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
  const server = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const first = await new Promise<string>((resolve) =>
    server.stdout.once('data', (url: Buffer) => resolve(url.toString())),
  )
  const postmaster = await postmasterPid(folder)
  server.kill('SIGKILL')
  await new Promise((resolve) => server.once('exit', resolve))
  expect(isAlive(postmaster)).toBe(true)

  const { url, stop } = await started()
  expect([url, await postmasterPid(folder)]).toEqual([first.trim(), postmaster])
  process.kill(postmaster, 'SIGKILL')
  await until(async () => (await isUp(url)) && (await postmasterPid(folder)) !== postmaster)
  const successor = await postmasterPid(folder)
  await stop()
  await until(async () => !isAlive(successor))
})

test('a stopped process (SIGSTOP) does not count as exited, responds when it continues, and can be shut down', async () => {
  const { url, stop } = await started()
  const postmaster = await postmasterPid(folder)
  process.kill(postmaster, 'SIGSTOP')
  await expect(isUp(url)).rejects.toThrow()
  process.kill(postmaster, 'SIGCONT')
  await until(() => isUp(url))
  expect(await postmasterPid(folder)).toBe(postmaster)
  process.kill(postmaster, 'SIGSTOP')
  await stop()
  await until(async () => !isAlive(postmaster))
})
