import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { previewLinks } from '@/db/schema/preview'
import { refuse } from '../refusal'
import { hashOfToken } from '../user/token'
import type { Actor } from '../user/user'

type NewLink = { storyId: number; label: string; revisionId: number | null; token: string; expiresAt: Date }

export async function insertPreviewLink(
  tx: Transaction,
  actor: Actor,
  now: Date,
  { token, ...link }: NewLink,
): Promise<number> {
  const [row] = await tx
    .insert(previewLinks)
    .values({
      ...link,
      tokenHash: hashOfToken(token),
      createdAt: now,
      createdById: actor.id,
      createdByName: actor.name,
    })
    .returning({ id: previewLinks.id })
  return row!.id
}

/** Locks a link of the story until the transaction ends. */
export async function lockPreviewLink(tx: Transaction, storyId: number, linkId: number) {
  const [row] = await tx
    .select({ label: previewLinks.label, revokedAt: previewLinks.revokedAt })
    .from(previewLinks)
    .where(and(eq(previewLinks.storyId, storyId), eq(previewLinks.id, linkId)))
    .for('update')
  return row ?? refuse({ kind: 'not-found', what: 'preview link' })
}

export async function revokeLink(tx: Transaction, linkId: number, now: Date) {
  await tx.update(previewLinks).set({ revokedAt: now }).where(eq(previewLinks.id, linkId))
}

/** A withdrawn story loses its links for good, also when it is published again. */
export async function revokeAllLinks(tx: Transaction, storyId: number, at: Date) {
  await tx
    .update(previewLinks)
    .set({ revokedAt: at })
    .where(and(eq(previewLinks.storyId, storyId), isNull(previewLinks.revokedAt)))
}
