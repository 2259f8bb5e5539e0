import { eq, sql } from 'drizzle-orm'
import { transaction, type Transaction } from '@/db/client'
import { draftDocuments, drafts, type PendingHistory } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { recordHistory } from '../../history/recording'
import type { Work } from '../../operation'
import { inFieldOrder } from '../../copy/copy'
import type { Story } from '../../story/story'
import type { Actor } from '../../user/user'
import { storePendingHistory } from '../document/document-store'

const minutes = (count: number) => count * 60 * 1000

/** Typed changes are recorded when their writer saves or publishes, and otherwise after this time, as one event. */
const RECORD_AFTER = minutes(10)

const personKey = (actor: Actor) => String(actor.id ?? 0)

/** Adds changes of a person to those that are not recorded yet. */
export function withChanges(
  pending: Record<string, PendingHistory>,
  actor: Actor,
  { since, headline, changed }: { since: Date; headline: string; changed: string[] },
): Record<string, PendingHistory> {
  const person = personKey(actor)
  const existing = pending[person] ?? { since: since.toISOString(), name: actor.name, headline, changed: [] }
  return { ...pending, [person]: { ...existing, changed: inFieldOrder([...existing.changed, ...changed]) } }
}

/**
 * Removes the pending changes of the actor, who saves or publishes and so records them now.
 * @param changed fields that this operation changes
 */
export async function takePendingHistory(
  { tx, actor }: Work,
  story: Story,
  changed: string[],
): Promise<{ headline: string; changed: string[] } | null> {
  const [row] = await tx
    .select({ pending: draftDocuments.pendingHistory })
    .from(draftDocuments)
    .where(eq(draftDocuments.storyId, story.id))
  const { [personKey(actor)]: own, ...others } = row?.pending ?? {}
  if (own) await storePendingHistory(tx, story.id, others)
  const all = inFieldOrder([...(own?.changed ?? []), ...changed])
  return all.length === 0 ? null : { headline: own?.headline ?? story.draft.headline, changed: all }
}

/** Stories per transaction; the rest follow at the next tick. */
const BATCH_SIZE = 20

/**
 * Records changes that are pending for too long. Called by the clock of every server.
 * @returns how many stories had any
 */
export async function recordPendingHistory(now = new Date()): Promise<number> {
  return transaction(async (tx) => {
    const due = await tx
      .select({ storyId: draftDocuments.storyId, pending: draftDocuments.pendingHistory, headline: drafts.headline })
      .from(draftDocuments)
      .innerJoin(drafts, eq(drafts.storyId, draftDocuments.storyId))
      .innerJoin(stories, eq(stories.id, draftDocuments.storyId))
      .where(sql`${draftDocuments.pendingHistorySince} <= ${new Date(now.getTime() - RECORD_AFTER).toISOString()}`)
      .orderBy(draftDocuments.pendingHistorySince)
      .limit(BATCH_SIZE)
      // Locks the story before the document, as saving does.
      .for('update', { of: [stories, draftDocuments], skipLocked: true })
    for (const { storyId, pending, headline } of due) {
      for (const [person, changes] of Object.entries(pending))
        await recordEntry(tx, now, { storyId, headline, person, changes })
      await storePendingHistory(tx, storyId, {})
    }
    return due.length
  })
}

type PendingEntry = { storyId: number; headline: string; person: string; changes: PendingHistory }

async function recordEntry(tx: Transaction, now: Date, { storyId, headline, person, changes }: PendingEntry) {
  const writer: Actor = { id: Number(person) || null, name: changes.name, role: 'reporter' }
  const before = { headline: changes.headline }
  await recordHistory(tx, writer, now, [{ type: 'draft-saved', storyId, headline, before, changed: changes.changed }])
}
