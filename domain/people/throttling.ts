import { and, desc, eq, gt, inArray, lt, not, like, sql, type SQL } from 'drizzle-orm'
import { database, transaction, type Database, type Transaction } from '@/db/client'
import { lockText } from '@/db/locks'
import { failedSignIns } from '@/db/schema/user'

/** Attempts within the window that may fail before one must wait. */
export const MAX_FAILURES = {
  /** For an account from one network, or on one known device. */
  accountAndSource: 5,
  /** For an account from all networks, known devices apart. */
  account: 10,
  /** For a network, whatever the account. */
  network: 30,
  /** Passwords chosen with one one-time link. */
  link: 10,
} as const

export const WINDOW_MINUTES = 15

/**
 * Who tries what. A known device counts for itself, so that strangers cannot make its owner wait; whoever has none is let in by a one-time link,
 * which makes the device known.
 */
export type Source =
  | { kind: 'network'; account: string; network: string }
  | { kind: 'known device'; account: string; device: string }
  | { kind: 'one-time link'; tokenHash: string }

export type Attempt = { id: number }

const DEVICE_PREFIX = 'device '
const LINK_ACCOUNT = 'one-time link '

/**
 * Takes one of the attempts before a password is checked, so that of simultaneous attempts no more are checked than of successive ones. It stays
 * counted as a failure until `forgetAttempts` or `returnAttempt`.
 * @returns otherwise the seconds until the next attempt is allowed
 */
export async function takeAttempt(source: Source): Promise<Attempt | { waitSeconds: number }> {
  const { account, network } = columnsOf(source)
  // Whoever must wait anyway takes no lock, for which others would wait.
  const waitSeconds = await secondsToWait(database(), source)
  if (waitSeconds > 0) return { waitSeconds }
  return transaction(async (tx) => {
    // In this order everywhere: accounts before networks.
    await lockText(tx, `sign-in of ${account}`)
    if (source.kind === 'network') await lockText(tx, `sign-in from ${network}`)
    const waitSeconds = await secondsToWait(tx, source)
    if (waitSeconds > 0) return { waitSeconds }
    const [row] = await tx.insert(failedSignIns).values({ account, network }).returning({ id: failedSignIns.id })
    if (!row) throw new Error('The attempt was not recorded.')
    return row
  })
}

/** The password was not checked. */
export async function returnAttempt({ id }: Attempt) {
  await transaction(async (tx) => tx.delete(failedSignIns).where(eq(failedSignIns.id, id)))
}

/** The password was right: this attempt and the failures before it from the same network or device no longer count, nor does anything old. */
export async function forgetAttempts(tx: Transaction, sources: Source[], { id }: Attempt) {
  const [first] = sources
  if (!first) return
  const { account } = columnsOf(first)
  const networks = sources.map((source) => columnsOf(source).network)
  await tx.delete(failedSignIns).where(eq(failedSignIns.id, id))
  await tx
    .delete(failedSignIns)
    .where(and(eq(failedSignIns.account, account), inArray(failedSignIns.network, networks)))
  await tx.delete(failedSignIns).where(lt(failedSignIns.failedAt, sql`now() - interval '1 day'`))
}

function columnsOf(source: Source): { account: string; network: string } {
  switch (source.kind) {
    case 'network':
      return { account: source.account, network: source.network }
    case 'known device':
      return { account: source.account, network: DEVICE_PREFIX + source.device }
    case 'one-time link':
      return { account: LINK_ACCOUNT + source.tokenHash, network: source.kind }
  }
}

type Limit = { where: SQL | undefined; max: number }

function limitsOf(source: Source): Limit[] {
  const columns = columnsOf(source)
  const ofAccount = eq(failedSignIns.account, columns.account)
  const ofNetwork = eq(failedSignIns.network, columns.network)
  switch (source.kind) {
    case 'network':
      return [
        { where: and(ofAccount, ofNetwork), max: MAX_FAILURES.accountAndSource },
        { where: and(ofAccount, not(like(failedSignIns.network, `${DEVICE_PREFIX}%`))), max: MAX_FAILURES.account },
        { where: ofNetwork, max: MAX_FAILURES.network },
      ]
    case 'known device':
      return [{ where: and(ofAccount, ofNetwork), max: MAX_FAILURES.accountAndSource }]
    case 'one-time link':
      return [{ where: ofAccount, max: MAX_FAILURES.link }]
  }
}

/** Until none of the limits is reached. */
async function secondsToWait(db: Database | Transaction, source: Source): Promise<number> {
  const waits = await Promise.all(limitsOf(source).map((limit) => secondsUntilBelow(db, limit)))
  return Math.max(...waits)
}

/** Until fewer than `max` failures are in the window: until the one leaves it that has `max - 1` after it. 0: now. */
async function secondsUntilBelow(db: Database | Transaction, { where, max }: Limit): Promise<number> {
  const left = sql<number>`ceil(extract(epoch from ${failedSignIns.failedAt} + make_interval(mins => ${WINDOW_MINUTES}) - now()))::int`
  const recent = gt(failedSignIns.failedAt, sql`now() - make_interval(mins => ${WINDOW_MINUTES})`)
  const [row] = await db
    .select({ left })
    .from(failedSignIns)
    .where(and(where, recent))
    .orderBy(desc(failedSignIns.failedAt))
    .offset(max - 1)
    .limit(1)
  return row ? Math.max(1, row.left) : 0
}
