import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { closeDatabase } from '@/db/client'
import { firstLine } from '@/domain/collaboration/document/documents.test-support'
import { valueOf } from '@/domain/newsroom.test-support'
import { startStory } from '@/domain/story/drafting'
import { authenticate, revokeSession } from '@/domain/people/sign-in'
import { runningDatabaseUrl } from './supervisor/data-dir'
import {
  ADMIN,
  buildOnce,
  postmasterPid,
  SESSION_SECRET,
  startServer,
  until,
  type ServerProcess,
} from './supervisor/server-process.test-support'
import {
  anEventStream,
  aSubscriber,
  aTab,
  expectEveryWordOnce,
  openDocument,
  startWriting,
  storedWords,
  wordsIn,
} from './collaboration-tabs.test-support'

/** Kills of the server or the database while four people write; `KILLS=50` takes some minutes. */
const KILLS = Number(process.env.KILLS ?? 6)
const WRITERS = 4
const ONE_KILL_WITHIN = 20_000
/** For the supervisor to restart Postgres. Milliseconds. */
const BACK_WITHIN = 60_000

/** Between two servers. Milliseconds. */
const DELIVERED_WITHIN = 2000

let folder: string
let server: ServerProcess
let cookie: string
let userId: number

beforeAll(async () => {
  await buildOnce()
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-collaboration-'))
  server = await startServer({ dataDir: folder })
  await closeDatabase()
  process.env.DATABASE_URL = (await runningDatabaseUrl(folder)) ?? ''
  const session = await aSession()
  userId = session.userId
  cookie = session.cookie
  // As a browser does: the cookie goes with every request.
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    for (const [name, value] of Object.entries(ofOurPages())) headers.set(name, value)
    return fetch(address, { ...init, headers })
  })
}, 150_000)

afterAll(async () => {
  vi.unstubAllGlobals()
  await closeDatabase()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

async function aSession() {
  const { userId, sessionId } = valueOf(
    await authenticate(ADMIN, { address: '127.0.0.1', agent: 'a test', devices: { deviceFor: () => null } }),
  )
  const claims = { sub: String(userId), sid: sessionId }
  const cookie = `broadsheet-session=${await encode({ token: claims, secret: SESSION_SECRET, maxAge: 3600 })}`
  return { userId, sessionId, cookie }
}

const ofOurPages = () => ({ cookie, 'sec-fetch-site': 'same-origin' })

async function aStory(headline: string): Promise<number> {
  return valueOf(await startStory({ id: userId, name: 'Ann', role: 'admin' }, { headline, sectionId: '' })).id
}

const addressOf = ({ port }: ServerProcess, storyId: number) =>
  `http://127.0.0.1:${port}/admin/stories/${storyId}/words`

const killServer = async () => {
  await server.stop('SIGKILL')
  server = await startServer({ dataDir: folder, port: server.port })
}

const killDatabase = async () => {
  const postmaster = await postmasterPid(folder)
  process.kill(postmaster, 'SIGKILL')
  await until(async () => (await postmasterPid(folder)) !== postmaster, BACK_WITHIN)
}

test(
  `no acknowledged word is lost or doubled when server and database are killed in turns, ${KILLS} times, while four write`,
  async () => {
    const storyId = await aStory('Tide tables of Lower Quibble')
    const address = addressOf(server, storyId)
    const tabs = await Promise.all(Array.from({ length: WRITERS }, (_, number) => aTab(address, `w${number}`, userId)))
    const stop = startWriting(tabs)
    const lost: string[] = []
    let waiting = 0
    for (let kill = 0; kill < KILLS; kill += 1) {
      const counts = tabs.map(({ acknowledged }) => acknowledged.length)
      await until(async () => tabs.every(({ acknowledged }, at) => acknowledged.length >= (counts[at] ?? 0) + 3))
      // Between two requests, or during one.
      await pause(Math.random() * 200)
      const killed = kill % 2 === 0 ? killServer() : killDatabase()
      const before = tabs.flatMap(({ acknowledged }) => acknowledged)
      await killed
      let stored = new Set<string>()
      // Until the database is available.
      await until(async () => (stored = new Set(await storedWords(storyId))).size > 0)
      lost.push(...before.filter((word) => !stored.has(word)))
      waiting += tabs.reduce((sum, { typed, acknowledged }) => sum + typed.length - acknowledged.length, 0)
    }
    await stop()
    for (const tab of tabs) await tab.push()
    const stored = await storedWords(storyId)
    const reopened = await openDocument(address)
    const acknowledged = tabs.flatMap((tab) => tab.acknowledged)
    console.log(
      `${KILLS} kills: ${acknowledged.length} words acknowledged, ${stored.length} stored, ${lost.length} lost after a kill, ` +
        `${acknowledged.filter((word) => !stored.includes(word)).length} lost at the end, ` +
        `${stored.length - new Set(stored).size} doubled; ${waiting} waited on devices after a kill`,
    )
    for (const tab of tabs) tab.close()
    expect(lost).toEqual([])
    expect(tabs.flatMap(({ errors }) => errors)).toEqual([])
    expect(waiting).toBeGreaterThan(0)
    expectEveryWordOnce(stored, tabs)
    expect(acknowledged).toHaveLength(stored.length)
    // The shared document equals the draft, opened again and in the tabs that were open all the time.
    expect(wordsIn(firstLine(reopened.document).toString())).toEqual(stored)
    for (const tab of tabs) expect(tab.words()).toEqual(stored)
  },
  30_000 + KILLS * ONE_KILL_WITHIN,
)

test('two servers on one Postgres: an update that one acknowledged is delivered by the other within 2 s, and the text of both is stored', async () => {
  const databaseUrl = String(process.env.DATABASE_URL)
  const second = await startServer({ dataDir: `${folder}/second`, databaseUrl })
  const storyId = await aStory('Gulls vote again')
  const [here, there] = [addressOf(server, storyId), addressOf(second, storyId)]
  const pairs = [
    { tab: await aTab(here, 'here', userId), subscriber: await aSubscriber(there, ofOurPages()) },
    { tab: await aTab(there, 'there', userId), subscriber: await aSubscriber(here, ofOurPages()) },
  ]
  const took = await Promise.all(
    pairs.map(async ({ tab, subscriber }) => {
      let longest = 0
      for (let count = 0; count < 20; count += 1) {
        const word = tab.type()
        expect(await tab.push()).toBe(true)
        longest = Math.max(longest, await until(async () => subscriber.hasReceived(word), DELIVERED_WITHIN))
      }
      return longest
    }),
  )
  console.log(`acknowledged by one server to delivered by the other: at most ${took.join(' and ')} ms`)
  for (const { tab, subscriber } of pairs) {
    tab.close()
    subscriber.close()
  }
  await second.stop()
  expect(pairs.flatMap(({ tab }) => tab.errors)).toEqual([])
  expectEveryWordOnce(
    await storedWords(storyId),
    pairs.map(({ tab }) => tab),
  )
}, 60_000)

test('the oldest streams of a person with twelve tabs are evicted with an event, and the text of every tab is stored', async () => {
  const address = addressOf(server, await aStory('The lamp forgets its name'))
  const streams: Awaited<ReturnType<typeof anEventStream>>[] = []
  for (let tab = 0; tab < 12; tab += 1) streams.push(await anEventStream(address, `tab-number-${tab}`, ofOurPages()))
  await until(async () => streams.filter(({ ended }) => ended).length >= 8)
  const evicted = 'event: full\ndata: {"again":null}'
  expect(streams.map(({ ended, text }) => ended && text.includes(evicted))).toEqual(
    streams.map((_line, tab) => tab < 8),
  )
  const reopened = await anEventStream(address, 'tab-number-11', ofOurPages())
  await until(async () => streams[11]?.ended === true)
  expect(streams.map(({ ended }) => ended)).toEqual(streams.map((_line, tab) => tab < 8 || tab === 11))
  expect(streams[11]?.text).not.toContain('event: full')
  const tabs = await Promise.all(streams.map((_line, number) => aTab(address, `t${number}`, userId)))
  for (const tab of tabs) {
    tab.type()
    expect(await tab.push()).toBe(true)
    tab.close()
  }
  await until(async () => (reopened.text.match(/event: words/gu) ?? []).length === 12)
  for (const stream of [...streams, reopened]) stream.close()
}, 60_000)

test('presence is limited in rate and size, and a person who was signed out receives none', async () => {
  const storyId = await aStory('Salt library opens late')
  const address = addressOf(server, storyId)
  const session = await aSession()
  const stream = await anEventStream(address, 'a-tab-signed-out', { ...ofOurPages(), cookie: session.cookie })
  const postPresence = (more: object = {}) =>
    fetch(`${address}/presence`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tab: 'a-tab-of-tests', field: 'body', ...more }),
    })
  expect((await postPresence()).status).toBe(200)
  expect((await postPresence({ caret: 'nonsense' })).status).toBe(422)
  expect((await postPresence({ name: 'Otto'.repeat(1000) })).status).toBe(413)
  // A server that has just lost its database receives nothing until it has reconnected.
  await until(async () => {
    await postPresence()
    await pause(300)
    return stream.text.includes('event: presence')
  })
  const answers = await Promise.all(Array.from({ length: 120 }, () => postPresence()))
  const refused = answers.find(({ status }) => status === 429)
  expect(refused?.headers.get('retry-after')).toBe('1')
  expect(answers.map(({ status }) => status)).toContain(200)
  await revokeSession(session.sessionId)
  await until(async () => stream.ended, 25_000)
  const denied = await anEventStream(address, 'a-tab-signed-out', { ...ofOurPages(), cookie: session.cookie })
  expect([denied.status, denied.text]).toEqual([401, JSON.stringify({ why: 'You were signed out.' })])
}, 60_000)
