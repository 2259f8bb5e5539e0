import { eq, like, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { failedSignIns, users } from '@/db/schema/user'
import { refusalOf, valueOf } from '../newsroom.test-support'
import { hashPassword } from '../user/password'
import type { Role } from '../user/user'
import { readKnownDevices } from './known-device'
import { networkOf } from './network'
import { authenticate, type Client } from './sign-in'
import { MAX_FAILURES, returnAttempt, takeAttempt } from './throttling'

const PASSWORD = 'seven spoons in a drawer'
const SECRET = 'a secret for the cookies of this very test'
let passwordHash = ''

beforeAll(async () => {
  const hashed = await hashPassword(PASSWORD, 'known')
  if (hashed !== 'busy') passwordHash = hashed.hash
})

async function aLogin(role: Role = 'editor') {
  const email = `${crypto.randomUUID()}@example.test`
  await database().insert(users).values({ email, name: 'Ann', role, passwordHash })
  return { email, password: PASSWORD }
}

let lastHost = 0
/** A network that no other test uses. */
const aNetwork = () => `2001:db8:0:${(lastHost += 1).toString(16)}::1`

const from = (address: string, cookie?: string): Client => ({
  address,
  agent: 'a test',
  devices: readKnownDevices(cookie, SECRET),
})

const knownTo = (email: string) => readKnownDevices(undefined, SECRET).withAccount(email)

/** What became of several attempts, by kind. */
const tally = (outcomes: Awaited<ReturnType<typeof authenticate>>[]) =>
  outcomes.reduce<Record<string, number>>((counts, outcome) => {
    const kind = outcome.ok ? 'signed in' : outcome.refusal.kind
    return { ...counts, [kind]: (counts[kind] ?? 0) + 1 }
  }, {})

const guess = (email: string, client: Client) => authenticate({ email, password: 'not my password' }, client)

test('of twenty simultaneous guesses five are checked, as of twenty successive ones', async () => {
  const { email } = await aLogin()
  const client = from(aNetwork())
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => guess(email, client)))
  expect(tally(outcomes)).toEqual({ 'wrong-password': MAX_FAILURES.accountAndSource, 'too-many-tries': 15 })
})

/** Takes an attempt for an account from each of these addresses, without a password. @returns how many would be checked */
async function takeFrom(account: string, addresses: string[], atOnce = false): Promise<number> {
  const take = (address: string) => takeAttempt({ kind: 'network', account, network: networkOf(address) })
  const taken = atOnce ? await Promise.all(addresses.map(take)) : []
  if (!atOnce) for (const address of addresses) taken.push(await take(address))
  return taken.filter((attempt) => 'id' in attempt).length
}

const anAccount = () => `${crypto.randomUUID()}@example.test`

test.each([true, false])('guesses at one account are bounded from forty networks together (at once: %s)', async (atOnce) => {
  const networks = Array.from({ length: 40 }, aNetwork)
  expect(await takeFrom(anAccount(), networks, atOnce)).toBe(MAX_FAILURES.account)
}) // prettier-ignore

test.each([
  ['a port', (at: number) => `203.0.113.9:${50_000 + at}`],
  ['another address of the same /64', (at: number) => `2001:db8:ff:ff::${at + 1}`],
  ['IPv4 as IPv6', (at: number) => (at % 2 === 0 ? '198.51.100.9' : '::ffff:198.51.100.9')],
  ['no address', (at: number) => `odd ${at}`],
])('a network is not a new one by %s', async (_by, addressOf) => {
  const addresses = Array.from({ length: 7 }, (_, at) => addressOf(at))
  expect(await takeFrom(anAccount(), addresses)).toBe(MAX_FAILURES.accountAndSource)
})

test('one network is bounded over all accounts', async () => {
  const network = aNetwork()
  let checked = 0
  for (let at = 0; at < MAX_FAILURES.network + 3; at += 1) checked += await takeFrom(anAccount(), [network])
  expect(checked).toBe(MAX_FAILURES.network)
})

test('whoever signed in on this device before comes in while strangers guess, and their own guesses are bounded', async () => {
  const ann = await aLogin()
  const network = aNetwork()
  expect(await takeFrom(ann.email, [network, ...Array.from({ length: 12 }, aNetwork)])).toBe(MAX_FAILURES.account)
  expect(tally([await authenticate(ann, from(network))])).toEqual({ 'too-many-tries': 1 })
  const device = knownTo(ann.email)
  expect(tally([await authenticate(ann, from(network, device))])).toEqual({ 'signed in': 1 })
  const id = readKnownDevices(device, SECRET).deviceFor(ann.email) ?? ''
  for (let at = 1; at < MAX_FAILURES.accountAndSource; at += 1)
    await takeAttempt({ kind: 'known device', account: ann.email, device: id })
  const last = await Promise.all([guess(ann.email, from(network, device)), guess(ann.email, from(aNetwork(), device))])
  expect(tally(last)).toEqual({ 'wrong-password': 1, 'too-many-tries': 1 })
})

test('a device is known for whom it was signed, and for nobody else', async () => {
  const [ann, otto] = [await aLogin(), await aLogin()]
  const both = readKnownDevices(knownTo(ann.email), SECRET).withAccount(otto.email)
  expect(readKnownDevices(both, SECRET).deviceFor(ann.email)).not.toBeNull()
  expect(readKnownDevices(both, SECRET).deviceFor(otto.email)).not.toBeNull()
  // Signed again it stays the same device.
  const again = readKnownDevices(both, SECRET).withAccount(ann.email)
  expect(readKnownDevices(again, SECRET).deviceFor(ann.email)).toBe(readKnownDevices(both, SECRET).deviceFor(ann.email))
  const [entry = ''] = knownTo(ann.email).split('~')
  for (const forged of [entry.replace(/^./u, 'A'), `${entry.slice(0, -2)}AA`, entry.slice(1), '', '~~~', 'x'.repeat(70_000)])
    expect(readKnownDevices(forged, SECRET).deviceFor(ann.email)).toBeNull()
  expect(readKnownDevices(entry, SECRET).deviceFor(otto.email)).toBeNull()
  expect(readKnownDevices(entry, `${SECRET}!`).deviceFor(ann.email)).toBeNull()
}) // prettier-ignore

test('the wait that is told is the real one', async () => {
  const { email } = await aLogin()
  const client = from(aNetwork())
  // Older failures than are allowed: it is over when the fifth newest leaves the window, not the oldest.
  const minutes = [14, 13, 12, 9, 8, 7, 6]
  for (const ago of minutes)
    await database().execute(
      sql`insert into failed_sign_ins (account, network, failed_at) values (${email}, ${networkOf(client.address)}, now() - make_interval(mins => ${ago}))`,
    )
  const refusal = refusalOf(await guess(email, client))
  expect(refusal.kind === 'too-many-tries' && refusal.retryAfterSeconds).toBeGreaterThan(170)
  expect(refusal.kind === 'too-many-tries' && refusal.retryAfterSeconds).toBeLessThanOrEqual(180)
})

test('with fifty sign-ins at once an editor on a known device comes in, and those who do not are asked to wait seconds', async () => {
  const ann = await aLogin()
  const strangers = Array.from({ length: 50 }, (_, at) =>
    authenticate({ email: `nobody-${at}@example.test`, password: 'not my password' }, from(aNetwork())),
  )
  const mine = await authenticate(ann, from(aNetwork(), knownTo(ann.email)))
  expect(tally([mine])).toEqual({ 'signed in': 1 })
  const outcomes = tally(await Promise.all(strangers))
  expect(outcomes.busy).toBeGreaterThan(0)
  expect((outcomes.busy ?? 0) + (outcomes['wrong-password'] ?? 0)).toBe(50)
  // A password that was not checked is no failure.
  const failures = await database().select().from(failedSignIns).where(like(failedSignIns.account, 'nobody-%'))
  expect(failures).toHaveLength(outcomes['wrong-password'] ?? 0)
})

test('an attempt that was returned does not count', async () => {
  const source = { kind: 'network', account: 'returned@example.test', network: '192.0.2.1' } as const
  for (let at = 0; at < 20; at += 1) {
    const attempt = await takeAttempt(source)
    if ('waitSeconds' in attempt) expect.fail('It counted.')
    await returnAttempt(attempt)
  }
})

test('signing in rightly ends the count of one’s own network, and not that of others', async () => {
  const ann = await aLogin()
  const network = aNetwork()
  await takeFrom(ann.email, [network, network, network, aNetwork()])
  valueOf(await authenticate(ann, from(network)))
  const left = await database().select().from(failedSignIns).where(eq(failedSignIns.account, ann.email))
  expect(left).toHaveLength(1)
})
