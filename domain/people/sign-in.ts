import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { database, transaction } from '@/db/client'
import { sessions, users } from '@/db/schema/user'
import { recordHistory } from '../history/recording'
import type { Outcome } from '../operation'
import { refused } from '../refusal'
import { BUSY_SECONDS, checkPassword, isBusy } from '../user/password'
import { newToken } from '../user/token'
import { normalizedEmail, type Actor } from '../user/user'
import type { KnownDevices } from './known-device'
import { networkOf } from './network'
import { forgetAttempts, returnAttempt, takeAttempt, type Attempt, type Source } from './throttling'

/** Days. */
const SESSION_DAYS = 14

/** `account`: the address, normalized. */
export type NewSession = { sessionId: string; userId: number; account: string; expiresAt: Date }

/** IP address, browser and device, from the front door. */
export type Client = { address: string; agent: string; devices: Pick<KnownDevices, 'deviceFor'> }

const form = z.object({ email: z.string().max(1000).transform(normalizedEmail), password: z.string().max(4096) })

/**
 * Signs in: takes an attempt, checks the password, begins a session. The result and its duration are the same for a wrong password, an unknown
 * address and a disabled user.
 */
export async function authenticate(input: unknown, client: Client): Promise<Outcome<NewSession>> {
  const parsed = form.safeParse(input)
  if (!parsed.success) return refused({ kind: 'wrong-password' })
  const { email, password } = parsed.data
  const account = email.replaceAll('\u0000', '').slice(0, 254)
  const source = sourceOf(account, client)
  const caller = source.kind === 'known device' ? 'known' : 'stranger'
  // Nothing is asked of the database for a password that would not be checked.
  if (isBusy(caller)) return busy
  const attempt = await takeAttempt(source)
  if ('waitSeconds' in attempt) return refused({ kind: 'too-many-tries', retryAfterSeconds: attempt.waitSeconds })

  const [user] = await database().select().from(users).where(eq(users.email, account))
  const result = await checkPassword(password, user?.passwordHash ?? null, caller)
  if (result === 'busy') {
    await returnAttempt(attempt)
    return busy
  }
  if (result === 'wrong' || !user || user.disabledAt !== null) return refused({ kind: 'wrong-password' })
  return createSession(user, { client, source, attempt })
}

const busy = refused({ kind: 'busy', retryAfterSeconds: BUSY_SECONDS })

const sourceOfNetwork = (account: string, { address }: Client): Source => ({
  kind: 'network',
  account,
  network: networkOf(address),
})

function sourceOf(account: string, client: Client): Source {
  const device = client.devices.deviceFor(account)
  return device === null ? sourceOfNetwork(account, client) : { kind: 'known device', account, device }
}

type Admission = { client: Client; source: Source; attempt: Attempt }

async function createSession(
  user: typeof users.$inferSelect,
  { client, source, attempt }: Admission,
): Promise<Outcome<NewSession>> {
  const now = new Date()
  const session: NewSession = {
    sessionId: newToken(),
    userId: user.id,
    account: user.email,
    expiresAt: new Date(now.getTime() + SESSION_DAYS * 24 * 60 * 60 * 1000),
  }
  const address = client.address.slice(0, 100)
  const event = { type: 'signed-in', userId: user.id, name: user.name, address } as const
  await transaction(async (tx) => {
    await tx.insert(sessions).values({
      id: session.sessionId,
      userId: user.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: session.expiresAt,
      address,
      agent: client.agent.slice(0, 300),
    })
    await forgetAttempts(tx, [source, sourceOfNetwork(user.email, client)], attempt)
    await recordHistory(tx, { id: user.id, name: user.name, role: user.role }, now, [event])
  })
  return { ok: true, value: session, events: [event] }
}

/** The user of a session that is neither revoked nor expired, with the current role; null also if the user is disabled. */
export async function actorOfSession(sessionId: string): Promise<(Actor & { id: number }) | null> {
  const [row] = await database()
    .select({ id: users.id, name: users.name, role: users.role, lastSeenAt: sessions.lastSeenAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, sql`now()`),
        isNull(users.disabledAt),
      ),
    )
  if (!row) return null
  const { lastSeenAt, ...actor } = row
  if (Date.now() - lastSeenAt.getTime() > 60_000)
    await database().update(sessions).set({ lastSeenAt: new Date() }).where(eq(sessions.id, sessionId))
  return actor
}

/** Revokes a session, also for copies of its cookie. */
export async function revokeSession(sessionId: string) {
  const actor = await actorOfSession(sessionId)
  if (!actor) return
  const now = new Date()
  await transaction(async (tx) => {
    await tx.update(sessions).set({ revokedAt: now }).where(eq(sessions.id, sessionId))
    await recordHistory(tx, actor, now, [{ type: 'signed-out', userId: actor.id, name: actor.name }])
  })
}
