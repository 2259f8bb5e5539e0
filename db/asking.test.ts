import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isDatabaseAway } from '@/lib/database-away'
import { aWireTo, type Wire } from '@/server/database/leaky-wire.test-support'
import { ANSWERED_WITHIN, QUESTIONS_AT_ONCE } from './asking'
import { closeDatabase, CONNECTIONS, database, transaction } from './client'
import { connect } from './connecting'
import { sections } from './schema/section'

const direct = process.env.DATABASE_URL ?? ''
let wire: Wire

beforeEach(async () => {
  await closeDatabase()
  wire = await aWireTo(direct)
  process.env.DATABASE_URL = wire.url
})

afterEach(async () => {
  await closeDatabase()
  await wire.close()
  process.env.DATABASE_URL = direct
})

const one = () => database().execute<{ one: number }>(sql`select 1 as one`)

/** How an attempt ended, and after how many milliseconds. */
async function ending(attempt: () => PromiseLike<unknown>): Promise<{ error: unknown; took: number }> {
  const began = performance.now()
  const error: unknown = await attempt().then(
    () => null,
    (error: unknown) => error,
  )
  return { error, took: performance.now() - began }
}

test('a question is answered as before, rows and values alike', async () => {
  expect([...(await one())]).toEqual([{ one: 1 }])
  expect(await database().select({ id: sections.id }).from(sections)).toEqual([])
  expect(await database().query.sections.findMany()).toEqual([])
  expect(await database().$count(sections)).toBe(0)
})

test('a question that the database does not answer in 1.5 s is given up, and counts as its absence', async () => {
  await one()
  wire.cut()
  const { error, took } = await ending(one)
  expect(isDatabaseAway(error)).toBe(true)
  expect(took).toBeGreaterThan(ANSWERED_WITHIN.question - 50)
  expect(took).toBeLessThan(ANSWERED_WITHIN.question + 1000)
})

test('after a black hole the next questions are answered on new connections, within 3 s of the network’s return and without a restart', async () => {
  await Promise.all([one(), one(), one(), one()])
  wire.cut()
  const endings = await Promise.all(Array.from({ length: 20 }, () => ending(one)))
  expect(endings.every(({ error }) => isDatabaseAway(error))).toBe(true)
  expect(isDatabaseAway((await ending(one)).error)).toBe(true)
  wire.mend()
  const mendedAt = performance.now()
  while ((await ending(one)).error !== null) expect(performance.now() - mendedAt).toBeLessThan(6000)
  console.log(`answered ${Math.round(performance.now() - mendedAt)} ms after the network's return`)
  expect(performance.now() - mendedAt).toBeLessThan(6000)
})

test('more questions than the pool can work on are turned away at once, and the others are still answered', async () => {
  await one()
  const slow = () => database().execute(sql`select pg_sleep(0.02)`)
  const endings = await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE + 30 }, () => ending(slow)))
  const away = endings.filter(({ error }) => error !== null)
  expect(away).toHaveLength(30)
  expect(away.every(({ error, took }) => isDatabaseAway(error) && took < 500)).toBe(true)
  expect([...(await one())]).toEqual([{ one: 1 }])
})

test('many more changes and questions at once than there are connections all succeed, round after round', async () => {
  const change = () =>
    transaction(async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', '1000', true)`)
      return [...(await tx.execute<{ one: number }>(sql`select 1 as one`))]
    })
  // Three times as many: more would take as long as questions are waited for, where others work on the same machine.
  for (let round = 0; round < 20; round += 1) {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? one() : change())))
    expect(answers.map((answer) => [...answer])).toEqual(answers.map(() => [{ one: 1 }]))
  }
})

test('a quick question is never put behind a slow one while a connection is free', async () => {
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  const done: string[] = []
  const slowly = () => database().execute(sql`select pg_sleep(0.8)`)
  const slow = Array.from({ length: CONNECTIONS - 1 }, () => slowly().then(() => done.push('slow')))
  const quick = Array.from({ length: 40 }, () => one().then(() => done.push('quick')))
  await Promise.all([...slow, ...quick])
  expect(done).toEqual([...quick.map(() => 'quick'), ...slow.map(() => 'slow')])
})

const states: [sqlstate: string, what: string][] = [
  ['53100', 'its disk is full'],
  ['53200', 'its memory is full'],
  ['58030', 'its disk does not work'],
  ['25006', 'it only reads, as a standby does'],
  ['28P01', 'it has another password for us now'],
  ['3D000', 'it is just being restored'],
]

test.each(states)(
  'a database that says %s, because %s, counts as absent, and whoever writes keeps their words',
  async (sqlstate) => {
    const says = sql.raw(`do $$ begin raise exception 'No.' using errcode = '${sqlstate}'; end $$`)
    expect(isDatabaseAway((await ending(() => database().execute(says))).error)).toBe(true)
  },
)

test('a wrong question is a bug and not an absence', async () => {
  const { error } = await ending(() => database().execute(sql`select nonsense`))
  expect(error).toBeInstanceOf(Error)
  expect(isDatabaseAway(error)).toBe(false)
})

test('a change that takes longer than 5 s is given up and undone', async () => {
  const { error, took } = await ending(() =>
    transaction(async (tx) => {
      await tx.insert(sections).values({ slug: 'too-late', name: 'Too late', position: 1 })
      await pause(ANSWERED_WITHIN.change + 300)
    }),
  )
  expect(isDatabaseAway(error)).toBe(true)
  expect(took).toBeLessThan(ANSWERED_WITHIN.change + 1000)
  await pause(800)
  expect(await database().$count(sections)).toBe(0)
})

test('a change goes no further once its connection is closed: what would come after is not kept without what came before', async () => {
  const words = { name: 'Quay', slug: 'quay', position: 1 }
  const other = connect(direct)
  await one()
  let wentOn: unknown = 'nothing was refused'
  let over: (() => void) | undefined
  const isOver = new Promise<void>((resolve) => (over = resolve))
  const { error } = await ending(() =>
    transaction(async (tx) => {
      const [line] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)
      await other`select pg_terminate_backend(${line?.pid ?? 0})`
      await pause(200)
      wentOn = (await ending(() => tx.insert(sections).values(words))).error
      over?.()
    }),
  )
  expect(isDatabaseAway(error)).toBe(true)
  await isOver
  expect(isDatabaseAway(wentOn)).toBe(true)
  expect(await database().$count(sections)).toBe(0)
  await other.end()
})

test('a change whose connection dies under it says that the database is away', async () => {
  await transaction((tx) => tx.execute(sql`select 1`))
  const { error } = await ending(() =>
    transaction(async (tx) => {
      await tx.execute(sql`select 1`)
      wire.cut()
      await tx.execute(sql`select 2`)
    }),
  )
  expect(isDatabaseAway(error)).toBe(true)
})
