import { desc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'
import { publicationsAlone } from '@/db/schema/progress'
import { drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/story'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { lockSettings } from '../settings/store'
import { activeEditors } from '../people/activity-queries'
import { idField, reasonField } from '../form/fields'
import { refuseStaleDraft, tellSaved } from '../story/drafting'
import { lockStory } from '../story/store'
import { publishDraft, refuseStaleSchedule, seenScheduleField } from '../story/publishing'
import { hasUnpublishedChanges } from '../story/story'

/**
 * Publishes a reporter's own saved draft without an editor, where the settings allow it. An editor who was active lately does not prevent it,
 * because a tab may be left open; the reporter then confirms that the editor was asked.
 */
export const publishAlone = operation(
  z.object({
    storyId: idField,
    seenVersion: idField,
    seenSchedule: seenScheduleField,
    reason: reasonField('Say why it cannot wait: the editors read it first thing.'),
    asked: z.literal('yes').optional().catch(undefined),
  }),
  async (work, { storyId, seenVersion, seenSchedule, reason, asked }) => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.publish-alone', story, await lockSettings(tx))
    if (seenVersion !== story.draft.version) return refuseStaleDraft(story.draft)
    refuseStaleSchedule(story, seenSchedule)
    if (!hasUnpublishedChanges(story))
      refuse({ kind: 'unfit', why: 'Readers see what the draft says: it is published already.' })
    const editors = await activeEditors(tx, now)
    if (editors.length > 0 && asked === undefined)
      refuse({ kind: 'invalid', fields: { asked: [`Ask ${editors.join(' or ')} first, and say so here.`] } })
    await tellSaved(work, story, story.draft.headline)
    const published = await publishDraft(work, story)
    const { liveRevisionId: revisionId } = published
    const publication = { publishedAt: now, publishedById: actor.id, publishedByName: actor.name }
    await tx.insert(publicationsAlone).values({ storyId, revisionId, reason, ...publication })
    tell({ type: 'published-without-editor', storyId, headline: story.draft.headline, reason, editorsThere: editors })
    return published
  },
)

export const lookOver = operation(
  z.object({ publicationId: idField }),
  async ({ tx, actor, now, permit, tell, unchanged }, { publicationId }) => {
    permit('story.look-over')
    const [row] = await tx
      .select({ storyId: publicationsAlone.storyId, seenAt: publicationsAlone.seenAt, headline: drafts.headline })
      .from(publicationsAlone)
      .innerJoin(drafts, eq(drafts.storyId, publicationsAlone.storyId))
      .where(eq(publicationsAlone.id, publicationId))
      .for('update', { of: publicationsAlone })
    if (!row) return refuse({ kind: 'not-found', what: 'story' })
    if (row.seenAt !== null) return unchanged()
    await tx
      .update(publicationsAlone)
      .set({ seenAt: now, seenById: actor.id, seenByName: actor.name })
      .where(eq(publicationsAlone.id, publicationId))
    tell({ type: 'publication-looked-over', storyId: row.storyId, headline: row.headline })
  },
)

/** A publication without an editor that no editor has looked at yet. */
export type LonePublication = {
  id: number
  storyId: number
  headline: string
  publishedAt: Date
  publishedByName: string
  reason: string
}

const PAGE_SIZE = 20

/** Newest first. The caller checks the permission. */
export async function findNotLookedOver(): Promise<LonePublication[]> {
  const { id, storyId, publishedAt, publishedByName, reason, seenAt } = publicationsAlone
  return database()
    .select({ id, storyId, headline: revisions.headline, publishedAt, publishedByName, reason })
    .from(publicationsAlone)
    .innerJoin(revisions, eq(revisions.id, publicationsAlone.revisionId))
    .where(isNull(seenAt))
    .orderBy(desc(id))
    .limit(PAGE_SIZE)
}
