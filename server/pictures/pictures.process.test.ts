import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, database } from '@/db/client'
import { storyPictures } from '@/db/schema/picture'
import { sections } from '@/db/schema/section'
import { stories } from '@/db/schema/story'
import { aPerson, storyFields, valueOf } from '@/domain/newsroom.test-support'
import { authenticate, revokeSession } from '@/domain/people/sign-in'
import { lookOf } from '@/domain/picture/look'
import { setRights } from '@/domain/picture/library/clearing'
import { CENTRE, renditionPath } from '@/domain/picture/renditions'
import { findServedPicture } from '@/domain/picture/serving-queries'
import { startStory } from '@/domain/story/drafting'
import { publishStory, withdrawStory } from '@/domain/story/publishing'
import { startEmbeddedDatabase, type RunningDatabase } from '../database/embedded'
import { sendRequest } from '../front-door/front-door.test-support'
import {
  ADMIN,
  buildOnce,
  SESSION_SECRET,
  startServer,
  until,
  type ServerProcess,
} from '../supervisor/server-process.test-support'
import { picture } from './pictures.test-support'

let folder: string
let postgres: RunningDatabase
let servers: ServerProcess[] = []

beforeAll(async () => {
  await buildOnce()
  folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-pictures-'))
  postgres = await startEmbeddedDatabase(folder)
  await closeDatabase()
  process.env.DATABASE_URL = postgres.url
  // Servers share the files of pictures.
  await mkdir(`${folder}/0/pictures`, { recursive: true })
  await mkdir(`${folder}/1`)
  await symlink(`${folder}/0/pictures`, `${folder}/1/pictures`)
  for (const n of [0, 1])
    servers.push(await startServer({ dataDir: `${folder}/${String(n)}`, databaseUrl: postgres.url }))
}, 300_000)

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  servers = []
  await closeDatabase()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

async function aSession() {
  const client = { address: '127.0.0.1', agent: 'a test', devices: { deviceFor: () => null } }
  const { userId, sessionId } = valueOf(await authenticate(ADMIN, client))
  const token = await encode({ token: { sub: String(userId), sid: sessionId }, secret: SESSION_SECRET, maxAge: 3600 })
  return { sessionId, headers: { cookie: `broadsheet-session=${token}`, 'sec-fetch-site': 'same-origin' } }
}

type State = { state: string; picture: { id: number; key: string } }

/** Begun at one server, sent to the other. */
async function upload(bytes: Buffer, headers: Record<string, string>): Promise<State['picture']> {
  const [port = 0, other = 0] = servers.map((server) => server.port)
  const path = '/admin/pictures/uploads'
  const created = await sendRequest(port, {
    method: 'POST',
    path,
    headers: { ...headers, 'upload-length': String(bytes.length) },
  })
  expect(created.status).toBe(201)
  const { location = '' } = created.headers
  const part = { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  expect((await sendRequest(other, { method: 'PATCH', path: location, headers: part, body: bytes })).status).toBe(204)
  let state: State
  do state = JSON.parse((await sendRequest(port, { path: `${location}?wait=20`, headers })).text) as State
  while (state.state === 'reading')
  expect(state.state).toBe('ready')
  return state.picture
}

test('from an upload to readers and away from them again, on two servers', async () => {
  const { headers, sessionId } = await aSession()
  const { id, key } = await upload(await picture({ width: 700, height: 500 }), headers)
  const served = await findServedPicture(database(), key)
  if (served === null) throw new Error('The picture is not there.')
  const address = (width: number) =>
    renditionPath({ key, look: lookOf({ ...served, ratio: 'whole', ...CENTRE }), width, format: 'webp' })
  const statuses = async (more: Record<string, string> = {}) =>
    Promise.all([160, 640].flatMap((width) => servers.map(async ({ get }) => (await get(address(width), more)).status)))
  expect(await statuses()).toEqual([404, 404, 404, 404])
  expect(await statuses({ cookie: headers.cookie })).toEqual([200, 200, 200, 200])
  expect(await statuses({ cookie: headers.cookie.replace(/.$/u, '') })).toEqual([404, 404, 404, 404])

  const editor = await aPerson('editor')
  valueOf(await setRights(editor, { pictureId: id, seenRightsVersion: 1, category: 'staff' }))
  const [section] = await database().select().from(sections).where(eq(sections.slug, 'europe'))
  const fields = { headline: 'Moon ferry returns', sectionId: String(section?.id) }
  const story = valueOf(await startStory(editor, fields))
  expect(await statuses()).toEqual([404, 404, 404, 404])
  valueOf(await publishStory(editor, storyFields({ storyId: String(story.id), seenVersion: '1', ...fields })))
  const [row] = await database().select({ live: stories.liveRevisionId }).from(stories).where(eq(stories.id, story.id))
  const use = { storyId: story.id, place: 'lead' as const, position: 0, pictureId: id }
  await database()
    .insert(storyPictures)
    .values({ ...use, revisionId: row?.live })
  const all = (status: number) => async () => (await statuses()).every((one) => one === status)
  await until(all(200))
  valueOf(await withdrawStory(editor, { storyId: story.id, reason: 'It sank.' }))
  const gone = await until(all(404))
  console.log(`A withdrawn picture was gone from two servers after ${String(gone)} ms.`)

  await revokeSession(sessionId)
  await until(async () => (await statuses({ cookie: headers.cookie })).every((status) => status === 404))
  const begun = { method: 'POST', path: '/admin/pictures/uploads', headers: { ...headers, 'upload-length': '10' } }
  expect((await sendRequest(servers[0]?.port ?? 0, begun)).status).toBe(401)
})

test.runIf(process.platform === 'linux')('neither the servers nor their renderers load a decoder', async () => {
  const { headers } = await aSession()
  await upload(await picture({ width: 300, height: 200 }), headers)
  for (const { pid, rendererPid } of servers)
    for (const one of [pid, await rendererPid()])
      expect(/libvips|sharp/u.test(readFileSync(`/proc/${String(one)}/maps`, 'utf8'))).toBe(false)
})
