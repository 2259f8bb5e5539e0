import { eq, sql } from 'drizzle-orm'
import { draftDocuments } from '@/db/schema/draft'
import type { Work } from '../../operation'
import { notifyStory } from '../notifications'
import type { RestoredNotice } from '../protocol'

/** Notifies the editors of a story that the draft was restored. Stores the notice for disconnected tabs: their text is replaced, not lost. */
export async function notifyRestored(
  { tx, actor }: Work,
  storyId: number,
  details: Pick<RestoredNotice, 'to' | 'keptAs'>,
) {
  const notice: RestoredNotice = { ...details, by: actor.name, person: actor.id ?? 0 }
  await tx
    .update(draftDocuments)
    .set({
      restoredNotice: sql`${JSON.stringify(notice)}::jsonb || jsonb_build_object('sequence', ${draftDocuments.sequence})`,
    })
    .where(eq(draftDocuments.storyId, storyId))
  await notifyStory(tx, { storyId, restoredNotice: notice })
}
