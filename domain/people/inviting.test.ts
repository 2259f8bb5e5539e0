import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { invitations } from '@/db/schema/user'
import { valueOf } from '../newsroom.test-support'
import { hashOfToken, newToken } from '../user/token'
import { commandLineActor } from '../user/user'
import { choosePassword, invitePerson, setUpNewsroom } from './inviting'
import { MAX_FAILURES } from './throttling'

const form = { name: 'Ann', password: 'three moons over mumbleby' }
const anEmail = () => `${crypto.randomUUID()}@example.test`

/** More than are hashed or wait at a time: with a hash for each, some would be told that too many are signing in. */
const MANY = 60

const kindsOf = (outcomes: ({ ok: true } | { ok: false; refusal: { kind: string } })[]) =>
  [...new Set(outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.refusal.kind)))].toSorted()

test.each([
  ['set up the newsroom', setUpNewsroom],
  ['choose a password', choosePassword],
])('whoever would %s with an invented token costs no hash', async (_what, operation) => {
  const outcomes = await Promise.all(
    Array.from({ length: MANY }, () => operation({ ...form, token: newToken(), email: anEmail() })),
  )
  expect(kindsOf(outcomes)).toEqual(['used-link'])
})

test('a link of the other kind, one that was used and one that has expired cost no hash', async () => {
  const invited = async () =>
    valueOf(await invitePerson(commandLineActor, { email: anEmail(), name: 'Otto', role: 'reporter' })).token
  const setup = newToken()
  await database()
    .insert(invitations)
    .values({ tokenHash: hashOfToken(setup), kind: 'setup' })
  const used = await invited()
  valueOf(await choosePassword({ ...form, token: used }))
  const many = (token: string, operation: typeof setUpNewsroom | typeof choosePassword) =>
    Promise.all(Array.from({ length: MANY }, () => operation({ ...form, token, email: anEmail() })))
  expect(kindsOf(await many(await invited(), setUpNewsroom))).toEqual(['used-link'])
  expect(kindsOf(await many(setup, choosePassword))).toEqual(['used-link'])
  expect(kindsOf(await many(used, choosePassword))).toEqual(['used-link'])
})

test('one valid link pays for ten hashes and no more, and the password is still chosen once', async () => {
  const { token } = valueOf(await invitePerson(commandLineActor, { email: anEmail(), name: 'Eve', role: 'reporter' }))
  const outcomes = await Promise.all(Array.from({ length: 15 }, () => choosePassword({ ...form, token })))
  expect(kindsOf(outcomes)).toEqual(['done', 'too-many-tries', 'used-link'])
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  // Of those that were hashed one comes first.
  const waits = outcomes.filter((outcome) => !outcome.ok && outcome.refusal.kind === 'too-many-tries')
  expect(waits.length).toBe(15 - MAX_FAILURES.link)
})

test('a weak password is refused before it is hashed, and does not use up the link', async () => {
  const { token } = valueOf(await invitePerson(commandLineActor, { email: anEmail(), name: 'Rae', role: 'reporter' }))
  const weak = await Promise.all(Array.from({ length: MANY }, () => choosePassword({ token, password: 'short' })))
  expect(kindsOf(weak)).toEqual(['invalid'])
  expect(kindsOf([await choosePassword({ ...form, token })])).toEqual(['done'])
})
