import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDatabaseUnavailable } from '@/lib/database-unavailable'
import { startTcpProxy, type TcpProxy } from '@/server/database/tcp-proxy.test-support'
import { DEADLINES, MAX_PENDING_QUERIES } from './query-deadline'
import { closeDatabase, CONNECTIONS, database, transaction } from './client'
import { connect } from './connection'
import { sections } from './schema/section'

const direct = process.env.DATABASE_URL ?? ''
let proxy: TcpProxy

beforeEach(async () => {
  await closeDatabase()
  proxy = await startTcpProxy(direct)
  process.env.DATABASE_URL = proxy.url
})

afterEach(async () => {
  await closeDatabase()
  await proxy.close()
  process.env.DATABASE_URL = direct
})

const selectOne = () => database().execute<{ one: number }>(sql`select 1 as one`)

/** The error of an attempt, if any, and its duration in milliseconds. */
async function outcomeOf(attempt: () => PromiseLike<unknown>): Promise<{ error: unknown; took: number }> {
  const startedAt = performance.now()
  const error: unknown = await attempt().then(
    () => null,
    (error: unknown) => error,
  )
  return { error, took: performance.now() - startedAt }
}

test('queries return rows and values', async () => {
  expect([...(await selectOne())]).toEqual([{ one: 1 }])
  expect(await database().select({ id: sections.id }).from(sections)).toEqual([])
  expect(await database().query.sections.findMany()).toEqual([])
  expect(await database().$count(sections)).toBe(0)
})

test('a query without a response within 1.5 s fails as unavailable', async () => {
  await selectOne()
  proxy.blackhole()
  const { error, took } = await outcomeOf(selectOne)
  expect(isDatabaseUnavailable(error)).toBe(true)
  expect(took).toBeGreaterThan(DEADLINES.query - 50)
  expect(took).toBeLessThan(DEADLINES.query + 1000)
})

test('after packets were dropped, queries succeed on new connections, within 3 s of the network’s return and without a restart', async () => {
  await Promise.all([selectOne(), selectOne(), selectOne(), selectOne()])
  proxy.blackhole()
  const results = await Promise.all(Array.from({ length: 20 }, () => outcomeOf(selectOne)))
  expect(results.every(({ error }) => isDatabaseUnavailable(error))).toBe(true)
  expect(isDatabaseUnavailable((await outcomeOf(selectOne)).error)).toBe(true)
  proxy.restore()
  const restoredAt = performance.now()
  while ((await outcomeOf(selectOne)).error !== null) expect(performance.now() - restoredAt).toBeLessThan(6000)
  console.log(`responded ${Math.round(performance.now() - restoredAt)} ms after the network's return`)
  expect(performance.now() - restoredAt).toBeLessThan(6000)
})

test('queries beyond the limit of the queue fail at once, and the others succeed', async () => {
  await selectOne()
  const slow = () => database().execute(sql`select pg_sleep(0.02)`)
  const results = await Promise.all(Array.from({ length: MAX_PENDING_QUERIES + 30 }, () => outcomeOf(slow)))
  const failed = results.filter(({ error }) => error !== null)
  expect(failed).toHaveLength(30)
  expect(failed.every(({ error, took }) => isDatabaseUnavailable(error) && took < 500)).toBe(true)
  expect([...(await selectOne())]).toEqual([{ one: 1 }])
})

test('three times as many transactions and queries as connections all succeed, round after round', async () => {
  const runTransaction = () =>
    transaction(async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', '1000', true)`)
      return [...(await tx.execute<{ one: number }>(sql`select 1 as one`))]
    })
  // More would run into the deadline on a loaded machine.
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? selectOne() : runTransaction())),
    )
    expect(answers.map((answer) => [...answer])).toEqual(answers.map(() => [{ one: 1 }]))
  }
})

test('a quick query is never pipelined behind a slow one while a connection is free', async () => {
  await Promise.all(Array.from({ length: CONNECTIONS }, selectOne))
  const done: string[] = []
  const slowQuery = () => database().execute(sql`select pg_sleep(0.8)`)
  const slow = Array.from({ length: CONNECTIONS - 1 }, () => slowQuery().then(() => done.push('slow')))
  const quick = Array.from({ length: 40 }, () => selectOne().then(() => done.push('quick')))
  await Promise.all([...slow, ...quick])
  expect(done).toEqual([...quick.map(() => 'quick'), ...slow.map(() => 'slow')])
})

const sqlStates: [sqlstate: string, what: string][] = [
  ['53100', 'its disk is full'],
  ['53200', 'its memory is full'],
  ['58030', 'its disk does not work'],
  ['25006', 'it only reads, as a standby does'],
  ['28P01', 'it has another password for us now'],
  ['3D000', 'it is just being restored'],
]

test.each(sqlStates)('a database that returns %s, because %s, is unavailable', async (sqlstate) => {
  const raiseError = sql.raw(`do $$ begin raise exception 'No.' using errcode = '${sqlstate}'; end $$`)
  expect(isDatabaseUnavailable((await outcomeOf(() => database().execute(raiseError))).error)).toBe(true)
})

test('an invalid query is a bug: the database is not unavailable', async () => {
  const { error } = await outcomeOf(() => database().execute(sql`select nonsense`))
  expect(error).toBeInstanceOf(Error)
  expect(isDatabaseUnavailable(error)).toBe(false)
})

test('a transaction that takes longer than 5 s fails and is rolled back', async () => {
  const { error, took } = await outcomeOf(() =>
    transaction(async (tx) => {
      await tx.insert(sections).values({ slug: 'too-late', name: 'Too late', position: 1 })
      await pause(DEADLINES.transaction + 300)
    }),
  )
  expect(isDatabaseUnavailable(error)).toBe(true)
  expect(took).toBeLessThan(DEADLINES.transaction + 1000)
  await pause(800)
  expect(await database().$count(sections)).toBe(0)
})

test('a transaction whose connection is closed runs no further queries: none is committed without the ones before', async () => {
  const section = { name: 'Quay', slug: 'quay', position: 1 }
  const other = connect(direct)
  await selectOne()
  let laterError: unknown = 'nothing was refused'
  let close: (() => void) | undefined
  const closed = new Promise<void>((resolve) => (close = resolve))
  const { error } = await outcomeOf(() =>
    transaction(async (tx) => {
      const [backend] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await other`select pg_terminate_backend(${backend?.pid ?? 0})`
      await pause(200)
      laterError = (await outcomeOf(() => tx.insert(sections).values(section))).error
      close?.()
    }),
  )
  expect(isDatabaseUnavailable(error)).toBe(true)
  await closed
  expect(isDatabaseUnavailable(laterError)).toBe(true)
  expect(await database().$count(sections)).toBe(0)
  await other.end()
})

test('a transaction whose connection is lost fails as unavailable', async () => {
  await transaction((tx) => tx.execute(sql`select 1`))
  const { error } = await outcomeOf(() =>
    transaction(async (tx) => {
      await tx.execute(sql`select 1`)
      proxy.blackhole()
      await tx.execute(sql`select 2`)
    }),
  )
  expect(isDatabaseUnavailable(error)).toBe(true)
})
