import { eq, sql } from 'drizzle-orm'
import { draftDocuments } from '@/db/schema/draft'
import { notify } from '@/db/subscription'
import type { Work } from '../../operation'
import type { RestoredNotice } from '../protocol'

/**
 * Tells everybody who has the story open, on every server, that earlier words took the place of those on their screens: they see them go, and must not
 * think that they are lost. Whoever is away is told with what they are given when they come back.
 */
export async function notifyRestored(
  { tx, actor }: Work,
  storyId: number,
  details: Pick<RestoredNotice, 'to' | 'keptAs'>,
) {
  const notice: RestoredNotice = { ...details, by: actor.name, person: actor.id ?? 0 }
  await tx
    .update(draftDocuments)
    .set({
      putBack: sql`${JSON.stringify(notice)}::jsonb || jsonb_build_object('sequence', ${draftDocuments.sequence})`,
    })
    .where(eq(draftDocuments.storyId, storyId))
  await notify(tx, 'collaboration', JSON.stringify({ storyId, putBack: notice }))
}
