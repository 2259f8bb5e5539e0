import { sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'

/** `now()` of the transaction, in whole milliseconds: the clock that all servers share, and by which queries decide what is live. */
export async function transactionTime(tx: Transaction): Promise<Date> {
  const [row] = await tx.execute<{ milliseconds: number }>(
    sql`select floor(extract(epoch from now()) * 1000)::float8 as milliseconds`,
  )
  if (!row) throw new Error('The database does not say what time it is.')
  return new Date(row.milliseconds)
}
