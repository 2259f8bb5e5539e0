import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Sql } from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from './connection'
import { migrateDatabase } from './migrate'
import { createDatabase } from './own-database.test-support'

const MIGRATION = 18

let sql: Sql
let url: string
let drop: () => Promise<void>

beforeEach(async () => {
  ;({ url, drop } = await createDatabase())
  sql = connect(url)
  await migrateToBuildBefore()
})

afterEach(async () => {
  await sql.end()
  await drop()
})

/** The tables of the build before: all migrations but that of the new names and later ones. */
async function migrateToBuildBefore() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'migrations-'))
  await cp('db/migrations', folder, { recursive: true })
  const journalFile = path.join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(journalFile, 'utf8')) as { entries: { idx: number }[] }
  const entries = journal.entries.filter(({ idx }) => idx < MIGRATION)
  await writeFile(journalFile, JSON.stringify({ ...journal, entries }))
  await migrateDatabase(url, folder)
  await rm(folder, { recursive: true })
}

const aStory = async (columns: Record<string, string> = {}) => {
  const [row] = Object.keys(columns).length
    ? await sql<{ id: number }[]>`insert into stories ${sql(columns)} returning id`
    : await sql<{ id: number }[]>`insert into stories default values returning id`
  return row?.id ?? 0
}

const aDocument = (columns: Record<string, unknown>) =>
  sql`insert into draft_documents ${sql({ state: Buffer.of(), draft_version: 1, kept_at: new Date(), ...columns })}`

const former = async () => [
  ...(await sql`select untold as history, untold_since as since, put_back as notice from draft_documents`),
]
const current = async () => [
  ...(await sql`select pending_history as history, pending_history_since as since, restored_notice as notice from draft_documents`),
]

test('what the build before wrote is read under the new names', async () => {
  const since = new Date('2026-01-01T10:00:00Z')
  await aDocument({
    story_id: await aStory({ begun_as: 'key' }),
    untold: { 1: { name: 'Ann' } },
    untold_since: since,
    put_back: { to: 2 },
  })
  await sql`insert into settings ${sql({ reporters_may_publish_alone: true, changed_at: since, changed_by_name: 'Ada' })}`
  expect((await migrateDatabase(url)).applied).toBeGreaterThan(0)
  expect(await current()).toEqual([{ history: { 1: { name: 'Ann' } }, since, notice: { to: 2 } }])
  expect([...(await sql`select idempotency_key from stories`)]).toEqual([{ idempotency_key: 'key' }])
  expect([...(await sql`select values from settings`)]).toEqual([{ values: { reportersMayPublishAlone: true } }])
})

test('documents: each build reads what the other writes', async () => {
  await migrateDatabase(url)
  const since = new Date('2026-01-01T10:00:00Z')
  const [one, other] = [await aStory(), await aStory()]
  await aDocument({ story_id: one, untold: { 1: { name: 'Ann' } }, untold_since: since })
  expect(await current()).toEqual([{ history: { 1: { name: 'Ann' } }, since, notice: null }])
  await sql`update draft_documents set pending_history = '{}', pending_history_since = null, restored_notice = '{"to": 2}'`
  expect(await former()).toEqual([{ history: {}, since: null, notice: { to: 2 } }])
  await sql`update draft_documents set untold = '{"2": {}}', untold_since = ${since}, put_back = '{"to": 3}'`
  expect(await current()).toEqual([{ history: { 2: {} }, since, notice: { to: 3 } }])
  await sql`update draft_documents set untold = '{}', untold_since = null`
  expect(await current()).toEqual([{ history: {}, since: null, notice: { to: 3 } }])
  await sql`delete from draft_documents`
  await aDocument({ story_id: other, pending_history: { 3: {} }, pending_history_since: since })
  expect(await former()).toEqual([{ history: { 3: {} }, since, notice: null }])
  await sql`update draft_documents set sequence = sequence + 1`
  expect(await current()).toEqual(await former())
})

test('stories: a form sent to one build and again to the other begins one story', async () => {
  await migrateDatabase(url)
  await aStory({ begun_as: 'former' })
  await aStory({ idempotency_key: 'new' })
  const rows = await sql`select begun_as, idempotency_key from stories order by id`
  expect([...rows]).toEqual([
    { begun_as: 'former', idempotency_key: 'former' },
    { begun_as: 'new', idempotency_key: 'new' },
  ])
  await expect(aStory({ begun_as: 'new' })).rejects.toMatchObject({ code: '23505' })
  await expect(aStory({ idempotency_key: 'former' })).rejects.toMatchObject({ code: '23505' })
})

test('settings: each build reads what the other writes', async () => {
  await migrateDatabase(url)
  const changed = { changed_at: new Date(), changed_by_name: 'Ada' }
  const both = async () => [...(await sql`select reporters_may_publish_alone as former, values from settings`)]
  const allow = (allowed: boolean) => sql`
    insert into settings ${sql({ ...changed, reporters_may_publish_alone: allowed })}
    on conflict (only_one) do update set reporters_may_publish_alone = ${allowed}`
  await allow(true)
  expect(await both()).toEqual([{ former: true, values: { reportersMayPublishAlone: true } }])
  await sql`update settings set values = values || '{"reportersMayPublishAlone": false, "other": 3}'`
  expect(await both()).toEqual([{ former: false, values: { reportersMayPublishAlone: false, other: 3 } }])
  await allow(true)
  expect(await both()).toEqual([{ former: true, values: { reportersMayPublishAlone: true, other: 3 } }])
  await sql`delete from settings`
  await sql`insert into settings ${sql({ ...changed, values: { reportersMayPublishAlone: true } })}`
  expect(await both()).toEqual([{ former: true, values: { reportersMayPublishAlone: true } }])
})
