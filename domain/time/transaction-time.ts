import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/**
 * The moment of a change, by the one clock that all servers share: whether a story is live, due or embargoed is asked by it too. In whole
 * milliseconds, and the same as long as the transaction lasts.
 */
export async function transactionTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.execute<{ milliseconds: number }>(
    sql`select floor(extract(epoch from now()) * 1000)::float8 as milliseconds`,
  )
  if (!row) throw new Error('The database does not say what time it is.')
  return new Date(row.milliseconds)
}
