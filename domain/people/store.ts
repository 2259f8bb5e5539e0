import { and, asc, eq, gt, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { invitations, sessions, users } from '@/db/schema/user'
import { refuse } from '../refusal'
import { hashOfToken, newToken } from '../user/token'
import type { Role, User } from '../user/user'

export const LINK_HOURS = { invitation: 7 * 24, reset: 24 } as const

const userColumns = {
  id: users.id,
  email: users.email,
  name: users.name,
  role: users.role,
  disabledAt: users.disabledAt,
  hasPassword: sql<boolean>`${users.passwordHash} is not null`,
}

/** By name. */
export async function listUsers(db: Database): Promise<User[]> {
  return db.select(userColumns).from(users).orderBy(asc(users.name), asc(users.id))
}

export async function lockUser(tx: Transaction, id: number): Promise<User> {
  const [row] = await tx.select(userColumns).from(users).where(eq(users.id, id)).for('update')
  return row ?? refuse({ kind: 'not-found', what: 'person' })
}

/** The key that encrypts a person's text on their devices: 32 bytes in hexadecimal digits. Only they get it, on pages of theirs. */
export async function findDeviceKey(db: Database, id: number): Promise<string> {
  const [row] = await db.select({ deviceKey: users.deviceKey }).from(users).where(eq(users.id, id))
  return row?.deviceKey ?? refuse({ kind: 'not-found', what: 'person' })
}

/** By name, without disabled users. */
export async function listActiveUsers(db: Database): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(isNull(users.disabledAt))
    .orderBy(asc(users.name), asc(users.id))
}

/** Null also if the user is disabled. */
export async function findActiveUser(
  db: Database | Transaction,
  id: number | null,
): Promise<{ id: number; name: string } | null> {
  if (id === null) return null
  const [row] = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(eq(users.id, id), isNull(users.disabledAt)))
  return row ?? null
}

export async function userByEmail(db: Database | Transaction, email: string): Promise<User | null> {
  const [row] = await db.select(userColumns).from(users).where(eq(users.email, email))
  return row ?? null
}

/** Admins who can sign in, without this user. */
export async function countOtherAdmins(tx: Transaction, id: number): Promise<number> {
  return tx.$count(users, and(activeAdmins, ne(users.id, id)))
}

const activeAdmins = and(eq(users.role, 'admin'), isNull(users.disabledAt), isNotNull(users.passwordHash))

/** Whether an admin can sign in. An invited admin without a password does not count. */
export async function hasAdmin(db: Database | Transaction): Promise<boolean> {
  return (await db.$count(users, activeAdmins)) > 0
}

export async function insertUser(
  tx: Transaction,
  person: { email: string; name: string; role: Role; passwordHash: string | null },
): Promise<User> {
  const [row] = await tx.insert(users).values(person).onConflictDoNothing().returning(userColumns)
  return row ?? refuse({ kind: 'taken', what: 'email', value: person.email })
}

export async function updateUser(tx: Transaction, { id, role, disabledAt }: User) {
  await tx.update(users).set({ role, disabledAt }).where(eq(users.id, id))
}

export async function updatePassword(tx: Transaction, userId: number, passwordHash: string) {
  await tx.update(users).set({ passwordHash }).where(eq(users.id, userId))
}

/** Invalidates the user’s earlier links. */
export async function createLink(
  tx: Transaction,
  userId: number,
  kind: 'invitation' | 'reset',
  now: Date,
): Promise<string> {
  await tx
    .update(invitations)
    .set({ usedAt: now })
    .where(and(eq(invitations.userId, userId), isNull(invitations.usedAt)))
  const token = newToken()
  const expiresAt = new Date(now.getTime() + LINK_HOURS[kind] * 60 * 60 * 1000)
  await tx.insert(invitations).values({ tokenHash: hashOfToken(token), kind, userId, expiresAt })
  return token
}

const isUsable = (token: string) =>
  and(
    eq(invitations.tokenHash, hashOfToken(token)),
    isNull(invitations.usedAt),
    or(isNull(invitations.expiresAt), gt(invitations.expiresAt, sql`now()`)),
  )

/** Null if the link was used, has expired or never existed. */
export async function findLink(db: Database | Transaction, token: string) {
  const [row] = await db
    .select({ kind: invitations.kind, userId: invitations.userId })
    .from(invitations)
    .where(isUsable(token))
  return row ?? null
}

/** Of two concurrent uses the second finds the link used. */
export async function consumeLink(tx: Transaction, token: string, now: Date) {
  const [row] = await tx
    .update(invitations)
    .set({ usedAt: now })
    .where(isUsable(token))
    .returning({ kind: invitations.kind, userId: invitations.userId })
  return row ?? refuse({ kind: 'used-link' })
}

export async function revokeSessionsOf(tx: Transaction, userId: number, now: Date) {
  await tx
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
}
