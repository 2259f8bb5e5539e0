import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '@/db/connection'
import { postmasterPid } from '../supervisor/server-process.test-support'
import { startEmbeddedDatabase, type RunningDatabase } from './embedded'

let dataDir: string
const running: RunningDatabase[] = []
const inPostgres = (...parts: string[]) => path.join(dataDir, 'postgres', ...parts)

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-folders-'))
})

afterEach(async () => {
  for (const database of running.splice(0)) await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function started(lines: string[] = []): Promise<RunningDatabase> {
  const database = await startEmbeddedDatabase(dataDir, (line) => lines.push(line))
  running.push(database)
  return database
}

async function stopAll() {
  for (const database of running.splice(0)) await database.stop()
}

async function query(url: string, sql: string) {
  const connection = connect(url, { connect_timeout: 2 })
  return connection.unsafe(sql).finally(() => connection.end({ timeout: 1 }))
}

/** Everything in the folder but what a running Postgres writes, with sizes and times. */
async function listing(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  return Promise.all(
    entries.sort().map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name))
      return `${name} ${size} ${mtimeMs}`
    }),
  )
}

/** A stopped database with the table `numbers`, in the layout before majors were in the path. */
async function formerLayout() {
  const { url } = await started()
  await query(url, 'create table numbers as select 7 as n')
  await stopAll()
  await rename(inPostgres('18', 'cluster'), inPostgres('cluster'))
  await rm(inPostgres('18'), { recursive: true })
  await rm(inPostgres('current'))
}

test('the data, the program for them and the major in use lie under postgres/', async () => {
  const { url } = await started()
  expect((await readdir(inPostgres())).sort()).toEqual(['18', 'current'])
  expect(await readFile(inPostgres('current'), 'utf8')).toBe('18\n')
  expect((await readdir(inPostgres('18'))).sort()).toEqual(['cluster', 'postgres.log', 'program'])
  const executable = await readFile(`/proc/${await postmasterPid(dataDir)}/cmdline`, 'utf8')
  expect(executable.startsWith(inPostgres('18', 'program', 'bin', 'postgres'))).toBe(true)
  await query(url, 'create extension unaccent')
})

test('the folder of a former Broadsheet is moved at the next start, and once', async () => {
  await formerLayout()
  const { ino } = await stat(inPostgres('cluster'))
  const first = await started()
  expect(await query(first.url, 'select n from numbers')).toEqual([{ n: 7 }])
  expect((await stat(inPostgres('18', 'cluster'))).ino).toBe(ino)
  expect((await readdir(inPostgres())).sort()).toEqual(['18', 'current'])
  await stopAll()
  const second = await started()
  expect(await query(second.url, 'select n from numbers')).toEqual([{ n: 7 }])
})

test('a start that was killed at any step of the move goes on at the next', async () => {
  const steps: Record<string, () => Promise<unknown>> = {
    'program half copied': async () => {
      await mkdir(inPostgres('18', 'program.unfinished', 'bin'), { recursive: true })
    },
    'program copied': async () =>
      cp(program(), inPostgres('18', 'program'), { recursive: true, verbatimSymlinks: true }),
    'program being replaced': async () => {
      await mkdir(inPostgres('18'), { recursive: true })
      await mkdir(inPostgres('18', 'program.former'))
    },
    moved: async () => {
      await mkdir(inPostgres('18'), { recursive: true })
      await rename(inPostgres('cluster'), inPostgres('18', 'cluster'))
    },
    'current half written': async () => {
      await mkdir(inPostgres('18'), { recursive: true })
      await rename(inPostgres('cluster'), inPostgres('18', 'cluster'))
      await writeFile(inPostgres('current.new'), '')
    },
  }
  await started()
  await stopAll()
  const copied = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-program-'))
  await cp(inPostgres('18', 'program'), copied, { recursive: true, verbatimSymlinks: true })
  const program = () => copied
  await rm(inPostgres(), { recursive: true })
  await rm(path.join(dataDir, 'postgres-password'))
  await formerLayout()
  for (const [step, interrupt] of Object.entries(steps)) {
    await interrupt()
    const { url } = await started()
    expect(await query(url, 'select n from numbers'), step).toEqual([{ n: 7 }])
    expect(await readFile(inPostgres('current'), 'utf8'), step).toBe('18\n')
    await stopAll()
    await rename(inPostgres('18', 'cluster'), inPostgres('cluster'))
    await rm(inPostgres('18'), { recursive: true })
    await rm(inPostgres('current'))
  }
  await rm(copied, { recursive: true })
})

test('a Postgres that a killed former server left running is stopped before its folder is moved', async () => {
  await formerLayout()
  // The layout before, with a running server: what is moved here was started from there.
  const { url } = await started()
  const pid = await postmasterPid(dataDir)
  await query(url, 'insert into numbers values (8)')
  await rename(inPostgres('18', 'cluster'), inPostgres('cluster'))
  await rm(inPostgres('current'))
  const program = `import { startEmbeddedDatabase } from './server/database/embedded.ts'
    const { url, stop } = await startEmbeddedDatabase(${JSON.stringify(dataDir)})
    const { connect } = await import('./db/connection.ts')
    const connection = connect(url)
    console.log(JSON.stringify(await connection.unsafe('select n from numbers order by n')))
    await connection.end(); await stop()`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  // The first supervisor must not start another one meanwhile.
  running.splice(0).forEach((database) => void database.stop())
  await new Promise((resolve) => child.once('close', resolve))
  expect(JSON.parse(output)).toEqual([{ n: 7 }, { n: 8 }])
  expect(() => process.kill(pid, 0)).toThrow()
})

describe('refused in one sentence, and nothing is touched', () => {
  const refusals: Record<string, { arrange: () => Promise<unknown>; says: RegExp }> = {
    'data of a major that nothing here reads': {
      arrange: async () => {
        await formerLayout()
        await writeFile(inPostgres('cluster', 'PG_VERSION'), '17\n')
      },
      says: /are of Postgres 17, this Broadsheet brings Postgres 18, and there is no Postgres 17 in .*17\/program/u,
    },
    'data under the wrong major': {
      arrange: async () => {
        await formerLayout()
        await mkdir(inPostgres('18'))
        await rename(inPostgres('cluster'), inPostgres('18', 'cluster'))
        await writeFile(inPostgres('18', 'cluster', 'PG_VERSION'), '17\n')
        await writeFile(inPostgres('current'), '18\n')
      },
      says: /are of Postgres 17, not 18/u,
    },
    'a program of another major': {
      arrange: async () => {
        await formerLayout()
        await mkdir(inPostgres('17'))
        await rename(inPostgres('cluster'), inPostgres('17', 'cluster'))
        await writeFile(inPostgres('17', 'cluster', 'PG_VERSION'), '17\n')
        await writeFile(inPostgres('current'), '17\n')
        await mkdir(inPostgres('17', 'program', 'bin'), { recursive: true })
        await writeFile(
          inPostgres('17', 'program', 'bin', 'postgres'),
          '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n',
          {
            mode: 0o755,
          },
        )
        await writeFile(inPostgres('17', 'program', 'package-version'), '18.4.0\n')
      },
      says: /17\/program is no Postgres 17/u,
    },
    'something else in the place of the data': {
      arrange: async () => {
        await mkdir(inPostgres('cluster'), { recursive: true })
        await writeFile(inPostgres('cluster', 'holiday.txt'), 'The kite club sails on Monday.')
      },
      says: /cluster is no data folder of Postgres/u,
    },
    'a file in the place of the folder': {
      arrange: async () => writeFile(path.join(dataDir, 'postgres'), 'x'),
      says: /postgres/u,
    },
    'a `current` that names no major': {
      arrange: async () => {
        await formerLayout()
        await writeFile(inPostgres('current'), 'latest\n')
      },
      says: /current should have the major of Postgres/u,
    },
    'two databases and nothing that says which': {
      arrange: async () => {
        for (const major of ['17', '18']) {
          await mkdir(inPostgres(major, 'cluster'), { recursive: true })
          await writeFile(inPostgres(major, 'cluster', 'PG_VERSION'), `${major}\n`)
        }
      },
      says: /databases of Postgres 17 and 18/u,
    },
  }
  for (const [title, { arrange, says }] of Object.entries(refusals))
    test(title, async () => {
      await arrange()
      const before = await listing(dataDir)
      const error = await startEmbeddedDatabase(dataDir).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(Error)
      expect((error as Error).constructor.name).toBe('OperatorError')
      expect((error as Error).message).toMatch(says)
      expect(await listing(dataDir)).toEqual(before)
    })
})

test('data that a former Broadsheet made meanwhile are left alone, and that is said', async () => {
  await formerLayout()
  await cp(inPostgres('cluster'), inPostgres('18', 'cluster'), { recursive: true })
  const lines: string[] = []
  await started(lines)
  expect(lines.join('\n')).toContain('postgres/cluster is left alone')
  expect(await readdir(inPostgres('cluster'))).toContain('PG_VERSION')
})

test('another release of the same major replaces the program, and data of another major keep theirs', async () => {
  await started()
  await stopAll()
  await writeFile(inPostgres('18', 'program', 'package-version'), '18.1.0\n')
  await writeFile(inPostgres('18', 'program', 'share', 'former-release'), '')
  await started()
  expect(await readdir(inPostgres('18', 'program', 'share'))).not.toContain('former-release')
  expect((await readdir(inPostgres('18'))).sort()).toEqual(['cluster', 'postgres.log', 'program'])
})

test('a start right after everything was killed waits for what is left, and works', async () => {
  for (let round = 0; round < 3; round += 1) {
    const program = `import { startEmbeddedDatabase } from './server/database/embedded.ts'
      console.log((await startEmbeddedDatabase(${JSON.stringify(dataDir)})).url)
      setInterval(() => undefined, 1000)`
    const options = ['--import', 'tsx', '--input-type=module', '--eval', program]
    const server = spawn(process.execPath, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => server.stdout.once('data', resolve))
    const postmaster = await postmasterPid(dataDir)
    server.kill('SIGKILL')
    process.kill(postmaster, 'SIGKILL')
    const { url } = await started()
    expect(await query(url, 'select 1 as n')).toEqual([{ n: 1 }])
    await stopAll()
  }
})
