import { sql } from 'drizzle-orm'
import type { Sql } from 'postgres'
import type { Transaction } from './client'

/**
 * Every advisory lock of the repository, with its number. One Postgres database has one number space for all of them, so all must differ (`locks.test.ts`),
 * and the numbers stay the same from build to build: two builds run together during an upgrade.
 * `seed` and `newNames` once shared the numbers of `names` and `admins`. Those kept theirs: the trigger `keep_story_names` takes `names`, and `admins`
 * guards against a newsroom without an admin. A seed of the build before sees the stories of this one; the same new name in both violates a primary key.
 */
export const advisoryLocks = {
  /** One server migrates, the others wait. Held by a session. */
  migration: 7_204_117,
  /** Front pages are launched one after the other. */
  frontPage: 7_204_118,
  /** Shared: a story is given authors or topics (also by the trigger `keep_story_names`). Exclusive: a name is changed or merged. */
  names: 7_204_119,
  /** Changes of admins: the first one is created once, and the last one stays. */
  admins: 7_204_120,
  /** Two sections never get one address. */
  sectionAddresses: 7_204_121,
  /** One server seeds, the others wait. Held by a session, while operations use other connections: must be no lock that an operation takes. */
  seed: 7_204_122,
  /** Names are added one after the other, so that each spelling and each address belongs to one. Taken after `names`. */
  newNames: 7_204_123,
} as const

type LockName = keyof typeof advisoryLocks

/** Waits for the lock (at most the connection's `lock_timeout`) and holds it until the transaction ends. */
export async function lock(tx: Transaction, name: LockName) {
  await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks[name]})`)
}

/** The same together with others who share it. */
export async function lockShared(tx: Transaction, name: LockName) {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${advisoryLocks[name]})`)
}

/** Locks a text of the caller's by its 64-bit hash, far from the numbers above in all likelihood; until the transaction ends. */
export async function lockText(tx: Transaction, text: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${text}, 0))`)
}

/** Waits for the lock and holds it until the connection ends. */
export async function lockSession(connection: Sql, name: LockName) {
  await connection`select pg_advisory_lock(${advisoryLocks[name]})`
}
