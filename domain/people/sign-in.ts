import { and, count, eq, gt, isNull, lt, min, sql } from 'drizzle-orm'
import { z } from 'zod'
import { database, transaction } from '@/db/client'
import { failedSignIns, sessions, users } from '@/db/schema/user'
import { recordHistory } from '../history/recording'
import type { Outcome } from '../operation'
import { refused } from '../refusal'
import { isPassword, TooBusy } from '../user/password'
import { newToken } from '../user/token'
import { normalizedEmail, type Actor } from '../user/user'

/** Failed sign-ins within the window before a user must wait: for an account from one network, and for a network. */
const MAX_FAILURES = { account: 5, network: 30 } as const
const WINDOW_MINUTES = 15

/** Days. */
const SESSION_DAYS = 14

export type NewSession = { sessionId: string; userId: number; expiresAt: Date }

const form = z.object({ email: z.string().max(1000).transform(normalizedEmail), password: z.string().max(4096) })

/**
 * Signs in: rate limit, then password, then a session. The result and its duration are the same for a wrong password, an unknown address and a
 * disabled user.
 * @param client IP address and browser, from the front door
 */
export async function authenticate(
  input: unknown,
  client: { address: string; agent: string },
): Promise<Outcome<NewSession>> {
  const parsed = form.safeParse(input)
  if (!parsed.success) return refused({ kind: 'wrong-password' })
  const { email, password } = parsed.data
  const account = email.replaceAll('\u0000', '').slice(0, 254)
  const network = networkOf(client.address)
  const retryAfter = await retryAfterSeconds(account, network)
  if (retryAfter > 0) return refused({ kind: 'too-many-tries', retryAfterSeconds: retryAfter })

  const [user] = await database().select().from(users).where(eq(users.email, account))
  const isRight = await isPassword(password, user?.passwordHash ?? null).catch((error: unknown) => {
    if (error instanceof TooBusy) return null
    throw error
  })
  if (isRight === null) return refused({ kind: 'too-many-tries', retryAfterSeconds: 5 })
  if (!isRight || !user || user.disabledAt !== null) {
    await database().insert(failedSignIns).values({ account, network })
    return refused({ kind: 'wrong-password' })
  }
  return createSession(user, account, network, client)
}

async function createSession(
  user: typeof users.$inferSelect,
  account: string,
  network: string,
  client: { address: string; agent: string },
): Promise<Outcome<NewSession>> {
  const now = new Date()
  const session: NewSession = {
    sessionId: newToken(),
    userId: user.id,
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
    await tx.delete(failedSignIns).where(and(eq(failedSignIns.account, account), eq(failedSignIns.network, network)))
    await tx.delete(failedSignIns).where(lt(failedSignIns.failedAt, sql`now() - interval '1 day'`))
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

/** Seconds until the oldest failure leaves the window; 0: no need to wait. */
async function retryAfterSeconds(account: string, network: string): Promise<number> {
  const recent = gt(failedSignIns.failedAt, sql`now() - make_interval(mins => ${WINDOW_MINUTES})`)
  const secondsLeft = sql<number>`ceil(extract(epoch from ${min(failedSignIns.failedAt)} + make_interval(mins => ${WINDOW_MINUTES}) - now()))::int`
  const [ofAccount, ofNetwork] = await Promise.all([
    database()
      .select({ tries: count(), left: secondsLeft })
      .from(failedSignIns)
      .where(and(eq(failedSignIns.account, account), eq(failedSignIns.network, network), recent)),
    database()
      .select({ tries: count(), left: secondsLeft })
      .from(failedSignIns)
      .where(and(eq(failedSignIns.network, network), recent)),
  ])
  const waitSeconds = [
    ofAccount[0] && ofAccount[0].tries >= MAX_FAILURES.account ? ofAccount[0].left : 0,
    ofNetwork[0] && ofNetwork[0].tries >= MAX_FAILURES.network ? ofNetwork[0].left : 0,
  ]
  return Math.max(0, ...waitSeconds)
}

/** An IPv4 address, or the first 64 bits of an IPv6 address, which one household has. */
function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/u.exec(address)?.[1]
  if (v4) return v4
  const [head = ''] = address.split('%')
  return `${expandedIpv6(head).slice(0, 4).join(':')}::/64`
}

function expandedIpv6(address: string): string[] {
  const [front = '', back] = address.split('::')
  const [first, last] = [front.split(':').filter(Boolean), (back ?? '').split(':').filter(Boolean)]
  return back === undefined
    ? first
    : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
}
