import { and, count, eq, gt, isNull, lt, min, sql } from 'drizzle-orm'
import { z } from 'zod'
import { database, transaction } from '@/db/client'
import { failedSignIns, sessions, users } from '@/db/schema/user'
import { recordHistory } from '../history/recording'
import type { Outcome } from '../operation'
import type { Refusal } from '../refusal'
import { isPassword, TooBusy } from './password'
import { newToken } from './token'
import { foldedEmail, type Actor } from './user'

/** Failed tries within the window after which we ask to wait: for one account from one network, and for a network altogether. */
const TRIES = { account: 5, network: 30 } as const
const WINDOW_MINUTES = 15

/** How long a device stays signed in. Days. */
const SESSION_DAYS = 14

export type Admission = { sessionId: string; userId: number; expiresAt: Date }

const form = z.object({ email: z.string().max(1000).transform(foldedEmail), password: z.string().max(4096) })

/**
 * Signs somebody in: throttle, then password, then a session.
 * The answer and its cost are the same for a wrong password, an unknown address and a disabled person.
 * @param from the network (an IP address) and the browser, as the front door saw them
 */
export async function admit(input: unknown, from: { address: string; agent: string }): Promise<Outcome<Admission>> {
  const read = form.safeParse(input)
  if (!read.success) return refused({ kind: 'wrong-password' })
  const { email, password } = read.data
  const account = email.replaceAll('\u0000', '').slice(0, 254)
  const network = networkOf(from.address)
  const wait = await secondsToWait(account, network)
  if (wait > 0) return refused({ kind: 'too-many-tries', retryAfterSeconds: wait })

  const [person] = await database().select().from(users).where(eq(users.email, account))
  const right = await isPassword(password, person?.passwordHash ?? null).catch((error: unknown) => {
    if (error instanceof TooBusy) return null
    throw error
  })
  if (right === null) return refused({ kind: 'too-many-tries', retryAfterSeconds: 5 })
  if (!right || !person || person.disabledAt !== null) {
    await database().insert(failedSignIns).values({ account, network })
    return refused({ kind: 'wrong-password' })
  }
  return openSession(person, account, network, from)
}

async function openSession(
  person: typeof users.$inferSelect,
  account: string,
  network: string,
  from: { address: string; agent: string },
): Promise<Outcome<Admission>> {
  const now = new Date()
  const admission: Admission = {
    sessionId: newToken(),
    userId: person.id,
    expiresAt: new Date(now.getTime() + SESSION_DAYS * 24 * 60 * 60 * 1000),
  }
  const event = {
    type: 'signed-in',
    userId: person.id,
    name: person.name,
    address: from.address.slice(0, 100),
  } as const
  await transaction(async (tx) => {
    await tx.insert(sessions).values({
      id: admission.sessionId,
      userId: person.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: admission.expiresAt,
      address: from.address.slice(0, 100),
      agent: from.agent.slice(0, 300),
    })
    await tx.delete(failedSignIns).where(and(eq(failedSignIns.account, account), eq(failedSignIns.network, network)))
    await tx.delete(failedSignIns).where(lt(failedSignIns.failedAt, sql`now() - interval '1 day'`))
    await recordHistory(tx, { id: person.id, name: person.name, role: person.role }, now, [event])
  })
  return { ok: true, value: admission, events: [event] }
}

/** Who a session belongs to, if it holds: live role, not revoked, not expired, not disabled. */
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

/** Ends a session, also for whoever copied its cookie. */
export async function dismiss(sessionId: string) {
  const actor = await actorOfSession(sessionId)
  if (!actor) return
  const now = new Date()
  await transaction(async (tx) => {
    await tx.update(sessions).set({ revokedAt: now }).where(eq(sessions.id, sessionId))
    await recordHistory(tx, actor, now, [{ type: 'signed-out', userId: actor.id, name: actor.name }])
  })
}

/** Seconds until the oldest counted try leaves the window; 0 when there is no need to wait. */
async function secondsToWait(account: string, network: string): Promise<number> {
  const recent = gt(failedSignIns.failedAt, sql`now() - make_interval(mins => ${WINDOW_MINUTES})`)
  const left = sql<number>`ceil(extract(epoch from ${min(failedSignIns.failedAt)} + make_interval(mins => ${WINDOW_MINUTES}) - now()))::int`
  const [ofAccount, ofNetwork] = await Promise.all([
    database()
      .select({ tries: count(), left })
      .from(failedSignIns)
      .where(and(eq(failedSignIns.account, account), eq(failedSignIns.network, network), recent)),
    database()
      .select({ tries: count(), left })
      .from(failedSignIns)
      .where(and(eq(failedSignIns.network, network), recent)),
  ])
  const waits = [
    ofAccount[0] && ofAccount[0].tries >= TRIES.account ? ofAccount[0].left : 0,
    ofNetwork[0] && ofNetwork[0].tries >= TRIES.network ? ofNetwork[0].left : 0,
  ]
  return Math.max(0, ...waits)
}

/** The network an address belongs to: an IPv4 address itself, the first 64 bits of an IPv6 one (what one household gets). */
function networkOf(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/u.exec(address)?.[1]
  if (v4) return v4
  const [head = ''] = address.split('%')
  return `${expanded(head).slice(0, 4).join(':')}::/64`
}

function expanded(address: string): string[] {
  const [front = '', back] = address.split('::')
  const [first, last] = [front.split(':').filter(Boolean), (back ?? '').split(':').filter(Boolean)]
  return back === undefined
    ? first
    : [...first, ...Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
}

const refused = (refusal: Refusal) => ({ ok: false, refusal }) as const
