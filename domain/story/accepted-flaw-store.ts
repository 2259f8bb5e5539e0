import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { acceptedFlaws } from '@/db/schema/accepted-flaw'
import type { Actor } from '../user/user'

/** The keys of the flaws of a story of which somebody said that they are none. */
export async function findAcceptedFlaws(db: Database | Transaction, storyId: number): Promise<ReadonlySet<string>> {
  const rows = await db.select({ key: acceptedFlaws.key }).from(acceptedFlaws).where(eq(acceptedFlaws.storyId, storyId))
  return new Set(rows.map(({ key }) => key))
}

export async function insertAcceptedFlaw(tx: Transaction, storyId: number, key: string, by: Actor, now: Date) {
  const row = { storyId, key, acceptedAt: now, acceptedById: by.id, acceptedByName: by.name }
  await tx.insert(acceptedFlaws).values(row)
}
