import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase } from '@/db/client'
import { valueOf } from '@/domain/newsroom.test-support'
import { admit } from '@/domain/user/admitting'
import { startEmbeddedDatabase, type RunningDatabase } from './database/embedded'
import { aWireTo, type Wire } from './database/leaky-wire.test-support'
import {
  ADMIN,
  built,
  cacheStatus,
  postmasterOf,
  SESSION_SECRET,
  startNewspaper,
  startReading,
  until,
  type Newspaper,
} from './newspaper.test-support'

/** What we promise is 3 s; machines that run tests are busy. Milliseconds. */
const BACK_WITHIN = 8000
const SAYS_SO_WITHIN = 4500

let folder: string
let postgres: RunningDatabase
let wire: Wire
let paper: Newspaper
let cookie: string

beforeAll(async () => {
  await built()
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-hard-'))
  postgres = await startEmbeddedDatabase(folder)
  wire = await aWireTo(postgres.url)
  paper = await startNewspaper({ dataDir: `${folder}/paper`, databaseUrl: wire.url })
  await closeDatabase()
  process.env.DATABASE_URL = postgres.url
  const { sessionId, userId } = valueOf(await admit(ADMIN, { address: '127.0.0.1', agent: 'a test' }))
  const token = await encode({ token: { sub: String(userId), sid: sessionId }, secret: SESSION_SECRET, maxAge: 3600 })
  cookie = `broadsheet-session=${token}`
  await closeDatabase()
}, 150_000)

afterAll(async () => {
  await paper.end()
  await wire.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

const remembered = ['/', '/latest', '/europe', '/headlines', '/feed.xml']
let counted = 0
const neverAsked = () => `/search?q=never-asked-${(counted += 1)}`

/** The newsroom and readers find everything in order. */
async function allIsWell() {
  await until(async () => (await paper.get(neverAsked())).status === 200)
  await until(async () => (await paper.get('/admin', { cookie })).status === 200)
  for (const address of remembered) await until(async () => cacheStatus(await paper.get(address)) === 'Broadsheet; hit')
}

type Fault = { name: string; begin: () => Promise<void> | void; end: () => Promise<void> | void; lasts: number }

/** Readers at load through a fault of the database, and after it. */
async function livesThrough({ name, begin, end, lasts }: Fault) {
  await allIsWell()
  const pid = paper.pid
  const readers = startReading(() => [paper.port], remembered)
  await pause(500)
  await begin()
  const beganAt = performance.now()
  const slowest = { reader: 0, newsroom: 0 }
  let turnedAway = 0
  try {
    while (performance.now() - beganAt < lasts) {
      const [asked, unknown, desk] = [performance.now(), paper.get(neverAsked()), paper.get('/admin', { cookie })]
      const answer = await unknown
      slowest.reader = Math.max(slowest.reader, performance.now() - asked)
      if (answer.status === 503) {
        turnedAway += 1
        expect(answer.headers['retry-after']).toBe('5')
        expect(answer.text).toContain('<h1>Back in a moment</h1>')
      } else expect([200, 503]).toContain(answer.status)
      const newsroom = await desk
      slowest.newsroom = Math.max(slowest.newsroom, performance.now() - asked)
      if (newsroom.status !== 200) {
        expect([newsroom.status, newsroom.headers['set-cookie']]).toEqual([503, undefined])
        expect(newsroom.text).toContain('temporarily unavailable')
      }
      await pause(50)
    }
  } finally {
    await end()
  }
  expect(turnedAway).toBeGreaterThan(0)
  const endedAt = performance.now()
  const heard = until(async () => (await paper.get('/metrics')).text.includes('\nbroadsheet_hearing 1\n'))
  await until(async () => (await paper.get(neverAsked())).status === 200, BACK_WITHIN)
  const readersBack = performance.now() - endedAt
  await until(async () => (await paper.get('/admin', { cookie })).status === 200, BACK_WITHIN)
  const newsroomBack = performance.now() - endedAt
  for (const address of remembered)
    await until(async () => cacheStatus(await paper.get(address)) === 'Broadsheet; hit', BACK_WITHIN)
  const hitsBack = performance.now() - endedAt
  const seen = await readers.stop()
  console.log(
    [
      `${name}: ${seen.answers} remembered pages, ${seen.wrong.length} errors, ${seen.stale} stale, longest ${Math.round(seen.longest)} ms`,
      `never asked: 503 within ${Math.round(slowest.reader)} ms; newsroom: 503 within ${Math.round(slowest.newsroom)} ms`,
      `back: heard ${await heard} ms, never asked ${Math.round(readersBack)} ms, newsroom ${Math.round(newsroomBack)} ms, all fresh ${Math.round(hitsBack)} ms`,
    ].join('; '),
  )
  // Who is woken by it finds a sentence in the log, and nothing of what people asked and wrote.
  expect(paper.said()).toContain('The database cannot do what it is asked')
  expect(paper.said()).not.toMatch(/Failed query|\n\s*at /u)
  expect(seen.wrong).toEqual([])
  expect(seen.stale).toBeGreaterThan(0)
  expect(slowest.reader).toBeLessThan(SAYS_SO_WITHIN)
  expect(hitsBack).toBeLessThan(BACK_WITHIN)
  expect(paper.pid).toBe(pid)
}

test('kill -9 of the renderer: remembered pages go on, others wait a moment, and it is started again', async () => {
  await allIsWell()
  const readers = startReading(() => [paper.port], remembered)
  const renderer = await paper.rendererPid()
  process.kill(renderer, 'SIGKILL')
  const away = await paper.get(neverAsked())
  expect([200, 503]).toContain(away.status)
  const took = await until(async () => (await paper.get(neverAsked())).status === 200)
  const seen = await readers.stop()
  console.log(`kill -9 of the renderer: ${seen.answers} answers, ${seen.wrong.length} errors; back after ${took} ms`)
  expect(seen.wrong).toEqual([])
  expect(await paper.rendererPid()).not.toBe(renderer)
})

test('kill -9 of Postgres: readers notice nothing, and all is well again without a restart', async () => {
  await livesThrough({
    name: 'kill -9 of Postgres, started again by its supervisor',
    begin: async () => process.kill(await postmasterOf(folder), 'SIGKILL') && undefined,
    end: () => undefined,
    lasts: 200,
  })
})

test('Postgres is stopped for a while', async () => {
  await livesThrough({
    name: 'Postgres stopped for 4 s',
    begin: () => postgres.stop(),
    end: async () => {
      postgres = await startEmbeddedDatabase(folder)
      wire.lead(postgres.url)
    },
    lasts: 4000,
  })
})

test('Postgres is frozen for a while', async () => {
  const everybody = async () => {
    const { execFileSync } = await import('node:child_process')
    const postmaster = await postmasterOf(folder)
    const children = execFileSync('pgrep', ['-P', String(postmaster)])
      .toString()
      .trim()
      .split('\n')
      .map(Number)
    return [postmaster, ...children]
  }
  const frozen: number[] = []
  await livesThrough({
    name: 'Postgres frozen for 5 s',
    begin: async () => {
      frozen.push(...(await everybody()))
      for (const pid of frozen) process.kill(pid, 'SIGSTOP')
    },
    end: () => {
      for (const pid of frozen) process.kill(pid, 'SIGCONT')
    },
    lasts: 5000,
  })
})

test('the network to Postgres becomes a black hole for a while', async () => {
  await livesThrough({ name: 'black hole for 5 s', begin: wire.cut, end: wire.mend, lasts: 5000 })
})

test('a second start in the same data folder says so and ends; a dead server’s folder is taken over', async () => {
  const refused = startNewspaper({ dataDir: `${folder}/paper`, databaseUrl: wire.url })
  await expect(refused).rejects.toThrow(/is in use by a Broadsheet that is running \(process \d+\)/u)
  expect((await paper.get('/')).status).toBe(200)
  const renderer = await paper.rendererPid()
  await paper.end('SIGKILL')
  paper = await startNewspaper({ dataDir: `${folder}/paper`, databaseUrl: wire.url })
  await until(async () => isGone(renderer))
})

/** Ended, also where nobody has asked yet how it ended (a zombie, on Linux). */
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return /\) Z /u.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

test('a server that starts while Postgres is away serves the front page and the last stories from disk, and recovers', async () => {
  await allIsWell()
  const front = await paper.get('/')
  const story = /href="(\/[\w-]+\/[\w-]+-\d+)"/u.exec(front.text)?.[1] ?? ''
  expect((await paper.get(story)).status).toBe(200)
  await paper.end()
  await postgres.stop()
  paper = await startNewspaper({ dataDir: `${folder}/paper`, databaseUrl: wire.url }, 'remembered pages until it does')
  for (const address of ['/', story, '/latest']) {
    const old = await paper.get(address)
    expect([old.status, cacheStatus(old)]).toEqual([200, 'Broadsheet; hit; detail=stale-because-broken'])
  }
  expect((await paper.get('/')).text).toBe(front.text)
  expect((await paper.get('/readyz')).status).toBe(200)
  expect((await paper.get(neverAsked())).status).toBe(503)
  expect((await paper.get('/admin', { cookie })).status).toBe(503)
  postgres = await startEmbeddedDatabase(folder)
  wire.lead(postgres.url)
  await until(async () => cacheStatus(await paper.get('/')) === 'Broadsheet; hit')
  await allIsWell()
})
