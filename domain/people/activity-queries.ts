import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { sessions, users } from '@/db/schema/user'

/** A person with a request in so many minutes counts as active. */
export const ACTIVE_WITHIN_MINUTES = 15

/** Names of editors and admins; an open tab counts as activity. */
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
