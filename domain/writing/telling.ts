import { eq, sql } from 'drizzle-orm'
import { transaction, type Transaction } from '@/db/client'
import { draftDocuments, drafts, type Untold } from '@/db/schema/draft'
import { stories } from '@/db/schema/story'
import { recordHistory } from '../history/recording'
import type { Work } from '../operation'
import { inOrder, type Story } from '../story/story'
import type { Actor } from '../user/user'
import { keepUntold } from './document-keeping'

const minutes = (count: number) => count * 60 * 1000

/** What somebody wrote is told in history at once when they save or publish, and else after this long: one line, not one for every key. */
const TOLD_AFTER = minutes(10)

const personOf = (actor: Actor) => String(actor.id ?? 0)

/** What is to be told of this person, with what they wrote just now. */
export function withMore(
  untold: Record<string, Untold>,
  actor: Actor,
  { since, headline, changed }: { since: Date; headline: string; changed: string[] },
): Record<string, Untold> {
  const person = personOf(actor)
  const soFar = untold[person] ?? { since: since.toISOString(), name: actor.name, headline, changed: [] }
  return { ...untold, [person]: { ...soFar, changed: inOrder([...soFar.changed, ...changed]) } }
}

/**
 * What this person wrote in the document and history has not told, taken out of what is to be told: whoever saves or publishes tells it now.
 * @param changed parts that change just now besides
 */
export async function takeUntold(
  { tx, actor }: Work,
  story: Story,
  changed: string[],
): Promise<{ headline: string; changed: string[] } | null> {
  const [row] = await tx
    .select({ untold: draftDocuments.untold })
    .from(draftDocuments)
    .where(eq(draftDocuments.storyId, story.id))
  const { [personOf(actor)]: own, ...others } = row?.untold ?? {}
  if (own) await keepUntold(tx, story.id, others)
  const all = inOrder([...(own?.changed ?? []), ...changed])
  return all.length === 0 ? null : { headline: own?.headline ?? story.draft.headline, changed: all }
}

/** So many stories are told of in one transaction; the rest follow at the next tick. */
const TOLD_AT_ONCE = 20

/**
 * Tells history what people wrote ten minutes ago and more, and did not save or publish themselves. Called by every server's clock.
 * @returns of how many stories it told
 */
export async function tellWhatWasWritten(now = new Date()): Promise<number> {
  return transaction(async (tx) => {
    const due = await tx
      .select({ storyId: draftDocuments.storyId, untold: draftDocuments.untold, headline: drafts.headline })
      .from(draftDocuments)
      .innerJoin(drafts, eq(drafts.storyId, draftDocuments.storyId))
      .innerJoin(stories, eq(stories.id, draftDocuments.storyId))
      .where(sql`${draftDocuments.untoldSince} <= ${new Date(now.getTime() - TOLD_AFTER).toISOString()}`)
      .orderBy(draftDocuments.untoldSince)
      .limit(TOLD_AT_ONCE)
      // The story as well: its history needs it, and whoever saves holds the story first and the document then.
      .for('update', { of: [stories, draftDocuments], skipLocked: true })
    for (const { storyId, untold, headline } of due) {
      for (const [person, written] of Object.entries(untold))
        await tellOne(tx, now, { storyId, headline, person, written })
      await keepUntold(tx, storyId, {})
    }
    return due.length
  })
}

type Telling = { storyId: number; headline: string; person: string; written: Untold }

async function tellOne(tx: Transaction, now: Date, { storyId, headline, person, written }: Telling) {
  const writer: Actor = { id: Number(person) || null, name: written.name, role: 'reporter' }
  const before = { headline: written.headline }
  await recordHistory(tx, writer, now, [{ type: 'draft-saved', storyId, headline, before, changed: written.changed }])
}
