import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { sessions, users } from '@/db/schema/user'

/** Whoever did anything in the newsroom within so many minutes is taken to be there. */
export const ACTIVE_WITHIN_MINUTES = 15

/** The names of editors and admins who are there, as far as the newsroom can know: a tab left open counts too. */
export async function activeEditors(db: Database | Transaction, now: Date): Promise<string[]> {
  const since = new Date(now.getTime() - ACTIVE_WITHIN_MINUTES * 60_000)
  const rows = await db
    .selectDistinct({ id: users.id, name: users.name })
    .from(users)
    .innerJoin(sessions, eq(sessions.userId, users.id))
    .where(
      and(
        ne(users.role, 'reporter'),
        isNull(users.disabledAt),
        isNull(sessions.revokedAt),
        gt(sessions.lastSeenAt, since),
        gt(sessions.expiresAt, sql`now()`),
      ),
    )
    .orderBy(asc(users.name), asc(users.id))
    .limit(5)
  return rows.map(({ name }) => name)
}
