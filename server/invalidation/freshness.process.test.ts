import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { correctStory } from '@/domain/correction/correcting'
import { aPerson, storyFields, valueOf } from '@/domain/newsroom.test-support'
import { scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { renameSection } from '@/domain/section/managing'
import { startStory } from '@/domain/story/drafting'
import { publishNewHeadline, publishStory, withdrawStory } from '@/domain/story/publishing'
import { inSeconds, namesWith, addressesShowing, readerAddresses } from '../../e2e/support/reader-addresses'
import { startEmbeddedDatabase, type RunningDatabase } from '../database/embedded'
import {
  buildOnce,
  cacheStatus,
  startReaders,
  startServer,
  until,
  type ServerProcess,
} from '../supervisor/server-process.test-support'

const body = JSON.stringify({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'The ferry sang.' }] }],
})
let folder: string
let postgres: RunningDatabase
const servers: ServerProcess[] = []
let editor: Awaited<ReturnType<typeof aPerson>>
let sectionId: string

beforeAll(async () => {
  await buildOnce()
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-fresh-'))
  postgres = await startEmbeddedDatabase(folder)
  await closeDatabase()
  process.env.DATABASE_URL = postgres.url
  for (const n of [0, 1]) servers[n] = await start(n)
  editor = await aPerson('admin')
  const [section] = await database().select().from(sections).where(eq(sections.slug, 'europe'))
  sectionId = String(section?.id)
}, 150_000)

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  await closeDatabase()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

const start = (n: number) =>
  startServer({ dataDir: `${folder}/${n}`, databaseUrl: postgres.url, port: servers[n]?.port })

async function aStory(headline: string) {
  const { id } = valueOf(await startStory(editor, { headline, sectionId }))
  return { id, fields: storyFields({ storyId: String(id), seenVersion: '1', headline, sectionId, body }) }
}

async function aLiveStory(headline: string, slug: string) {
  const { id, fields } = await aStory(headline)
  valueOf(await publishStory(editor, fields))
  return { id, fields, address: `/europe/${slug}-${id}` }
}

const reading = (server: ServerProcess) => async (address: string) => (await server.get(address)).text

const shows = async (server: ServerProcess, address: string, text: string) =>
  (await reading(server)(address)).includes(text)

async function expectMoved(server: ServerProcess, from: string, to: string) {
  const { status, headers } = await server.get(from)
  expect([status, headers.location]).toEqual([301, to])
}

test('an address that was not found shows the story on every server when it is published, and so do the front page and the lists', async () => {
  const { id, fields } = await aStory('Moon ferry returns')
  const address = `/europe/moon-ferry-returns-${id}`
  for (const server of servers) for (let n = 0; n < 2; n += 1) expect((await server.get(address)).status).toBe(404)
  valueOf(await publishStory(editor, fields))
  const took = await Promise.all(servers.map((server) => until(async () => (await server.get(address)).status === 200)))
  for (const server of servers)
    for (const list of ['/', '/latest', '/headlines', '/europe', '/feed.xml'])
      await until(() => shows(server, list, 'Moon ferry returns'))
  console.log(`published to readable on two servers: ${took.join(' and ')} ms`)
  expect(Math.max(...took)).toBeLessThan(3000)
})

test('warm pages are rendered again at once, before any request', async () => {
  valueOf(await publishNewHeadline(editor, { headline: 'Tide is late', sectionId }))
  for (const server of servers)
    await until(async () => /broadsheet_publish_to_live_seconds_count [1-9]/u.test(await reading(server)('/metrics')))
  for (const server of servers) {
    await until(() => shows(server, '/', 'Tide is late'))
    expect(cacheStatus(await server.get('/'))).toBe('Broadsheet; hit')
  }
})

/** A live story with an author, a topic and a correction, so that every address that can show something of a story does. */
async function aStoryShownEverywhere(headline: string, slug: string) {
  const word = `quibble${crypto.randomUUID().slice(0, 8)}`
  const fullHeadline = `${headline} ${word}`
  const { id, fields } = await aStory(fullHeadline)
  const { draft, liveRevisionId } = valueOf(await publishStory(editor, { ...fields, slug, ...namesWith(word) }))
  const seen = { storyId: id, seenVersion: draft.version, seenRevision: liveRevisionId }
  valueOf(await correctStory(editor, { ...seen, kind: 'correction', words: 'It was a gull.' }))
  const story = { id: String(id), section: 'europe', slug, headline: fullHeadline, word, corrected: true }
  const showing = readerAddresses(story).filter(({ shows }) => shows !== 'nothing')
  return { ...story, address: `/europe/${slug}-${id}`, showing: showing.map(({ address }) => address).sort() }
}

const MINUTES = 60

/** How long a shared cache may use a response at most. Seconds. */
async function maxAgeOf(server: ServerProcess, address: string): Promise<number> {
  const cacheControl = String((await server.get(address)).headers['cache-control'])
  return Math.max(...Array.from(cacheControl.matchAll(/=(\d+)/gu), ([, seconds]) => Number(seconds)))
}

test('a story that is withdrawn, or ends as scheduled, is 410 on every server with a page that says so, and no reader address shows it any more', async () => {
  const beside = await aLiveStory('Lamp is lit', 'lamp-is-lit')
  const withdrawn = await aStoryShownEverywhere('Bell misheard', 'bell-misheard')
  const ended = await aStoryShownEverywhere('Bell sails', 'bell-sails')
  for (const server of servers)
    for (const story of [withdrawn, ended]) {
      const showing = async () => (await addressesShowing(story, reading(server))).sort().join()
      await until(async () => (await showing()) === story.showing.join())
      await until(() => shows(server, beside.address, story.headline))
    }

  const end = { storyId: ended.id, timeZone: 'UTC', reason: 'It sails.' }
  valueOf(await scheduleUnpublish(editor, { ...end, due: inSeconds(10 * MINUTES).typed }))
  for (const server of servers) {
    for (const address of [...ended.showing, beside.address])
      await until(async () => (await maxAgeOf(server, address)) <= 10 * MINUTES)
    expect(await maxAgeOf(server, '/robots.txt')).toBeGreaterThan(10 * MINUTES)
  }

  valueOf(await scheduleUnpublish(editor, { ...end, due: inSeconds(2).typed }))
  valueOf(await withdrawStory(editor, { storyId: withdrawn.id, reason: 'It was a gull.' }))
  for (const server of servers)
    for (const story of [withdrawn, ended]) {
      await until(async () => (await server.get(story.address)).status === 410)
      expect(await reading(server)(story.address)).toContain('<h1')
      await until(async () => (await addressesShowing(story, reading(server))).length === 0)
      await until(async () => !(await shows(server, beside.address, story.headline)))
    }
})

test('after renaming a section no page links to the old address, and the old address leads to the new one', async () => {
  const { id, address } = await aLiveStory('Pier is painted', 'pier-is-painted')
  for (const server of servers)
    for (const at of ['/', address, '/europe']) expect((await server.get(at)).status).toBe(200)
  valueOf(await renameSection(editor, { sectionId, name: 'Old World', slug: 'old-world' }))
  for (const server of servers) {
    await until(async () => (await server.get('/')).text.includes('href="/old-world"'))
    const lists = ['/', '/latest', '/headlines', '/old-world', '/feed.xml', '/feed.json', '/old-world/atom.xml']
    for (const at of [...lists, '/sitemaps/0.xml', `/old-world/pier-is-painted-${id}`])
      await until(async () => {
        const { text, status } = await server.get(at)
        return status === 200 && !text.includes('/europe')
      })
    await expectMoved(server, address, `/old-world/pier-is-painted-${id}`)
    await expectMoved(server, '/europe/feed.json', '/old-world/feed.json')
    expect([301, 404]).toContain((await server.get('/europe')).status)
  }
  valueOf(await renameSection(editor, { sectionId, name: 'Europe', slug: 'europe' }))
  for (const server of servers) await until(async () => (await server.get(address)).status === 200)
})

test('a changed slug leaves no link to the old address', async () => {
  const { id, fields, address } = await aLiveStory('Gull is fed', 'gull-is-fed')
  for (const server of servers) await until(() => shows(server, '/', address))
  valueOf(await publishStory(editor, { ...fields, seenVersion: '2', slug: 'gull-was-fed' }))
  for (const server of servers) {
    for (const at of ['/', '/latest', '/headlines', '/europe', '/feed.xml'])
      await until(async () => !(await shows(server, at, `gull-is-fed-${id}`)))
    await expectMoved(server, address, `/europe/gull-was-fed-${id}`)
  }
})

test('a story with a time appears at that second, without a notice', async () => {
  const { id, address } = await aLiveStory('Embargoed tide table', 'embargoed-tide-table')
  const at = new Date(Date.now() + 3000)
  await database().execute(sql`update stories set live_at = ${at.toISOString()}::timestamptz where id = ${id}`)
  // The notice of the operation that schedules it.
  await database().execute(sql`select pg_notify('stale', '{"tags":["*"]}')`)
  for (const server of servers) {
    await until(async () => (await server.get(address)).status === 404)
    await until(async () => !(await shows(server, '/', 'Embargoed tide table')))
  }
  expect(Date.now()).toBeLessThan(at.getTime())
  const late = await Promise.all(
    servers.map(async (server) => {
      await until(async () => (await server.get(address)).status === 200)
      await until(() => shows(server, '/', 'Embargoed tide table'))
      return Date.now() - at.getTime()
    }),
  )
  console.log(`scheduled to readable: ${late.join(' and ')} ms after its moment`)
  for (const milliseconds of late) {
    expect(milliseconds).toBeGreaterThanOrEqual(0)
    expect(milliseconds).toBeLessThan(2000)
  }
})

test('after its LISTEN connection was lost, a server serves nothing from before as fresh and shows what it missed', async () => {
  const isHit = async (server: ServerProcess) => cacheStatus(await server.get('/')) === 'Broadsheet; hit'
  for (const server of servers) await until(() => isHit(server))
  await database().execute(
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'broadsheet-invalidation'`,
  )
  valueOf(await publishNewHeadline(editor, { headline: 'Said while not subscribed', sectionId }))
  for (const server of servers) {
    const took = await until(() => shows(server, '/', 'Said while not subscribed'))
    console.log(`connection lost to fresh again: ${took} ms`)
    await until(() => isHit(server))
  }
})

test('a server that shuts down finishes every running request; a rolling restart of two under load fails no request', async () => {
  const [first] = servers
  if (first === undefined) throw new Error('No server was started.')
  expect((await first.get('/latest')).status).toBe(200)
  const running = Promise.all(Array.from({ length: 12 }, (_, n) => first.get(`/search?q=tide${n}`)))
  const ended = first.stop()
  expect((await running).map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
  expect(await ended).toBe(0)
  servers[0] = await start(0)

  const readers = startReaders(() => servers.map(({ port }) => port), ['/', '/latest', '/europe'])
  await until(async () => readers.seen.responses > 50)
  for (const [n, leaving] of servers.entries()) {
    expect(await leaving.stop()).toBe(0)
    servers[n] = await start(n)
  }
  const seen = await readers.stop()
  console.log(`rolling restart: ${seen.responses} responses, ${seen.stale} stale, ${seen.errors.length} wrong`)
  expect(seen.errors).toEqual([])
})
