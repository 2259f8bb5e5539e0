import { asc, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { corrections } from '@/db/schema/correction'
import { stories } from '@/db/schema/story'
import type { Actor } from '../user/user'
import type { StoredCorrection } from './correction'

/** `revisionId`: the live revision. `replacesId`: the correction that this rewords; null for a new one. */
type NewCorrection = Pick<typeof corrections.$inferSelect, 'storyId' | 'kind' | 'words' | 'revisionId' | 'replacesId'>

/** Rows are never changed: another wording is another row. */
export async function insertCorrection(tx: Transaction, actor: Actor, now: Date, note: NewCorrection): Promise<number> {
  const [row] = await tx
    .insert(corrections)
    .values({ ...note, publishedAt: now, publishedById: actor.id, publishedByName: actor.name })
    .returning({ id: corrections.id })
  return row!.id
}

/** A story is retracted as long as the present wording of one of its corrections is a retraction. */
export async function updateRetraction(tx: Transaction, storyId: number, now: Date) {
  const isRetracted = (await correctionsOf(tx, storyId)).some(({ kind }) => kind === 'retraction')
  await tx
    .update(stories)
    .set({ retractedAt: isRetracted ? sql`coalesce(${stories.retractedAt}, ${now.toISOString()}::timestamptz)` : null })
    .where(eq(stories.id, storyId))
}

export async function setUpdatedForReaders(tx: Transaction, storyId: number, now: Date) {
  await tx.update(stories).set({ updatedForReadersAt: now }).where(eq(stories.id, storyId))
}

/** The corrections of a story, oldest first, in their present wording. */
export async function correctionsOf(db: Database | Transaction, storyId: number): Promise<StoredCorrection[]> {
  const rows = await db.select().from(corrections).where(eq(corrections.storyId, storyId)).orderBy(asc(corrections.id))
  return rows
    .filter(({ replacesId }) => replacesId === null)
    .map((first) => {
      const wordings = [first, ...rows.filter(({ replacesId }) => replacesId === first.id)]
      const last = wordings.at(-1) ?? first
      return {
        id: first.id,
        kind: last.kind,
        words: last.words,
        publishedAt: first.publishedAt,
        newestId: last.id,
        publishedByName: last.publishedByName,
        former: wordings.slice(0, -1).map(({ kind, words, publishedByName, publishedAt }) => ({
          kind,
          words,
          by: publishedByName,
          at: publishedAt,
        })),
      }
    })
}
