import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { revisions } from '@/db/schema/story'
import { writeRevisionPictures } from '../picture/library/use-store'
import type { Actor } from '../user/user'
import type { Block } from '../body/blocks'
import type { RevisionWithCopy, RevisionReason, RevisionRef } from './revision'
import type { Copy } from '../copy/copy-fields'
import { changedFields, pickCopy } from '../copy/copy'

type Draft = Copy & { keptAsRevisionId: number | null }

/** Inserts an immutable copy, numbered within its story. */
export async function keepRevision(
  tx: Transaction,
  actor: Actor,
  storyId: number,
  copy: Copy,
  now: Date,
  keptBecause: RevisionReason,
): Promise<RevisionRef> {
  const next = sql<number>`(select coalesce(max(${revisions.number}), 0) + 1 from ${revisions} where ${revisions.storyId} = ${storyId})`
  const [row] = await tx
    .insert(revisions)
    .values({
      storyId,
      number: next,
      ...pickCopy(copy),
      keptAt: now,
      keptById: actor.id,
      keptByName: actor.name,
      keptBecause,
      updatedForReadersAt: keptBecause === 'corrected' ? now : null,
    })
    .returning({ id: revisions.id, number: revisions.number })
  if (!row) throw new Error('The revision was not inserted.')
  await writeRevisionPictures(tx, storyId, row.id, copy)
  return row
}

/**
 * Keeps the draft as a revision before it is overwritten, unless the newest revision equals it.
 * @returns the number of the revision that has its copy
 */
export async function keepDraftAsRevision(
  tx: Transaction,
  actor: Actor,
  { id, draft }: { id: number; draft: Draft },
  now: Date,
  keptBecause: RevisionReason = 'work',
): Promise<number> {
  const newest = await findNewestRevision(tx, { id, draft })
  if (newest && changedFields(newest.copy, draft).length === 0) return newest.number
  return (await keepRevision(tx, actor, id, draft, now, keptBecause)).number
}

/** The revision that the draft is linked to, or else the newest of the story. */
export async function findNewestRevision(
  tx: Transaction,
  { id, draft }: { id: number; draft: Draft },
): Promise<{ number: number; copy: Copy } | null> {
  const [newest] = await tx
    .select()
    .from(revisions)
    .where(
      and(eq(revisions.storyId, id), draft.keptAsRevisionId ? eq(revisions.id, draft.keptAsRevisionId) : undefined),
    )
    .orderBy(desc(revisions.number))
    .limit(1)
  return newest ? { number: newest.number, copy: pickCopy(newest) } : null
}

export async function findRevisionCopy(tx: Transaction | Database, revisionId: number): Promise<Copy | null> {
  const [row] = await tx.select().from(revisions).where(eq(revisions.id, revisionId))
  return row ? pickCopy(row) : null
}

/** The copy that readers see, or that is scheduled or withdrawn. */
export async function findLiveCopy(
  tx: Transaction | Database,
  { id, liveRevisionId }: { id: number; liveRevisionId: number },
): Promise<Copy> {
  const copy = await findRevisionCopy(tx, liveRevisionId)
  if (copy === null) throw new Error(`Story ${id} points to revision ${liveRevisionId}, which does not exist.`)
  return copy
}

/** The largest `integer` of Postgres. */
const MAX_NUMBER = 2 ** 31 - 1

export async function findStoryRevision(
  db: Transaction | Database,
  storyId: number,
  by: { id: number } | { number: number },
): Promise<RevisionWithCopy | null> {
  if ('number' in by && by.number > MAX_NUMBER) return null
  const [row] = await db
    .select()
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), 'id' in by ? eq(revisions.id, by.id) : eq(revisions.number, by.number)))
  if (!row) return null
  const { id, number, keptAt, keptByName, keptBecause, headline, hasBody } = row
  return { id, number, keptAt, keptByName, keptBecause, headline, hasBody, copy: pickCopy(row) }
}

/** The number of the newest revision that has all these blocks, by their ids. */
export async function findRevisionWithBlocks(tx: Transaction, storyId: number, blocks: Block[]) {
  const blockIds = JSON.stringify({ content: blocks.map(({ attrs: { id } }) => ({ attrs: { id } })) })
  const [row] = await tx
    .select({ number: revisions.number })
    .from(revisions)
    .where(and(eq(revisions.storyId, storyId), sql`${revisions.body} @> ${blockIds}::jsonb`))
    .orderBy(desc(revisions.number))
    .limit(1)
  return row?.number ?? null
}

/** The number of a revision with this reason and exactly this copy. */
export async function findRevisionWithCopy(
  tx: Transaction,
  storyId: number,
  copy: Copy,
  keptBecause: RevisionReason,
): Promise<number | null> {
  const sameHeadline = and(eq(revisions.storyId, storyId), eq(revisions.headline, copy.headline))
  const rows = await tx
    .select()
    .from(revisions)
    .where(and(sameHeadline, eq(revisions.keptBecause, keptBecause)))
  return rows.find((row) => changedFields(pickCopy(row), copy).length === 0)?.number ?? null
}
