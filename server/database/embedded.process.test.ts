import { execFileSync, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { postmasterOf, until } from '../newspaper.test-support'
import { whoRunsPostgres } from './binaries'
import { startEmbeddedDatabase, type RunningDatabase } from './embedded'
import { connect } from '@/db/connecting'

let folder: string
const running: RunningDatabase[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-embedded-'))
})

afterEach(async () => {
  for (const database of running.splice(0)) await database.stop()
  await rm(folder, { recursive: true, force: true })
})

async function started(said: string[] = []): Promise<RunningDatabase> {
  const database = await startEmbeddedDatabase(folder, (line) => said.push(line))
  running.push(database)
  return database
}

async function ask(url: string, question: string) {
  const connection = connect(url, { connect_timeout: 2 })
  return connection.unsafe(question).finally(() => connection.end({ timeout: 1 }))
}

const answers = (url: string) => ask(url, 'select 1').then((rows) => rows.length === 1)

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a killed postmaster is started again on the same port, and what was acknowledged is still there', async () => {
  const said: string[] = []
  const { url } = await started(said)
  await ask(url, 'create table kept as select generate_series(1, 100) as n')
  for (let round = 0; round < 2; round += 1) {
    const before = await postmasterOf(folder)
    process.kill(before, 'SIGKILL')
    const took = await until(async () => (await answers(url)) && (await postmasterOf(folder)) !== before)
    console.log(`kill -9 of the postmaster: answers again after ${took} ms`)
  }
  expect(await ask(url, 'select count(*)::int as count from kept')).toEqual([{ count: 100 }])
  expect(said.join('\n')).toContain('Postgres ended unexpectedly')
  expect(said.join('\n')).toContain('Postgres is back.')
})

test.runIf(process.getuid?.() === 0)(
  'root takes over a data folder whose Postgres ran under another account, as from a checkout that stood open',
  async () => {
    const { url, stop } = await started()
    await ask(url, 'create table kept as select 1 as n')
    await stop()
    running.splice(0)
    execFileSync('chown', ['-R', '65534:65534', path.join(folder, 'postgres', 'cluster')])
    const again = await started()
    expect(await ask(again.url, 'select n from kept')).toEqual([{ n: 1 }])
  },
)

test.runIf(process.getuid?.() === 0)(
  'root, at work beside a newspaper of a plain account, leaves its data to that account',
  async () => {
    const home = path.join(folder, 'postgres')
    await mkdir(path.join(home, 'cluster'), { recursive: true, mode: 0o755 })
    await chmod(folder, 0o711)
    await chown(path.join(home, 'cluster'), 4711, 4712)
    const binaries = { postgres: '/bin/true', initdb: '/bin/true', libraries: '/', major: '18' }
    expect(await whoRunsPostgres(binaries, home)).toEqual({ uid: 4711, gid: 4712, prefix: [] })
  },
)

test.runIf(process.getuid?.() === 0)(
  'data that this account may not read is said to be so, and is left alone',
  async () => {
    await (await started()).stop()
    running.splice(0)
    execFileSync('chown', ['-R', '65534:65534', folder])
    execFileSync('chown', ['-R', '0:0', path.join(folder, 'postgres', 'cluster')])
    const program = `import { makeCluster } from './server/database/cluster.ts'
    const cluster = { folder: ${JSON.stringify(`${folder}/postgres/cluster`)}, runAs: { prefix: [] }, binaries: {}, password: 'x' }
    process.setgid(65534); process.setuid(65534)
    await makeCluster(cluster, ${JSON.stringify(`${folder}/postgres`)}, true).catch((error) => console.log(error.message))`
    const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
    expect(execFileSync(process.execPath, options).toString()).toContain('/cluster belongs to another account (EACCES)')
  },
)

test('a database folder that is brought back alone, as from a backup, is opened with everything in it', async () => {
  const { url, stop } = await started()
  await ask(url, 'create table kept as select 1 as n')
  await stop()
  running.splice(0)
  await rm(path.join(folder, 'postgres-password'))
  const again = await started()
  expect(await ask(again.url, 'select n from kept')).toEqual([{ n: 1 }])
})

test('a postmaster that a killed server left behind is adopted, watched, and stopped with its new server', async () => {
  const program = `import { startEmbeddedDatabase } from './server/database/embedded.ts'
    console.log((await startEmbeddedDatabase(${JSON.stringify(folder)})).url)
    setInterval(() => undefined, 1000)`
  const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
  const server = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
  const first = await new Promise<string>((resolve) =>
    server.stdout.once('data', (url: Buffer) => resolve(url.toString())),
  )
  const postmaster = await postmasterOf(folder)
  server.kill('SIGKILL')
  await new Promise((resolve) => server.once('exit', resolve))
  expect(isThere(postmaster)).toBe(true)

  const { url, stop } = await started()
  expect([url, await postmasterOf(folder)]).toEqual([first.trim(), postmaster])
  process.kill(postmaster, 'SIGKILL')
  await until(async () => (await answers(url)) && (await postmasterOf(folder)) !== postmaster)
  const successor = await postmasterOf(folder)
  await stop()
  await until(async () => !isThere(successor))
})

test('a frozen postmaster is not taken for a dead one, answers when it wakes, and can be stopped while it sleeps', async () => {
  const { url, stop } = await started()
  const postmaster = await postmasterOf(folder)
  process.kill(postmaster, 'SIGSTOP')
  await expect(answers(url)).rejects.toThrow()
  process.kill(postmaster, 'SIGCONT')
  await until(() => answers(url))
  expect(await postmasterOf(folder)).toBe(postmaster)
  process.kill(postmaster, 'SIGSTOP')
  await stop()
  await until(async () => !isThere(postmaster))
})
