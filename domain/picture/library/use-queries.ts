import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { authorPortraits, isUsableAt, pictureLeases, pictures, storyPictures } from '@/db/schema/picture'
import { revisions, stories } from '@/db/schema/story'
import { authors } from '@/db/schema/taxonomy'
import { currentArrangement, newestWithBody } from '../../front-page/store'
import type { Place } from '../use'

/** Which copy of a story has the picture: what readers see now or will see, or the draft. */
export type Layer = 'live' | 'scheduled' | 'withdrawn' | 'draft'

/** Where a picture stands. */
export type UsePlace =
  | { kind: 'story'; storyId: number; headline: string; layer: Layer; place: Place; isLead: boolean }
  | { kind: 'portrait'; authorId: number; name: string }

/** Every place of a picture, stories first by id: the same story may have it in its draft and before readers. `isLead`: it leads the front page. */
export async function findUses(db: Database | Transaction, pictureId: number): Promise<UsePlace[]> {
  const [inStories, portraits, leadId] = [
    await findUsesInStories(db, pictureId),
    await db
      .select({ authorId: authors.id, name: authors.name })
      .from(authorPortraits)
      .innerJoin(authors, eq(authors.id, authorPortraits.authorId))
      .where(eq(authorPortraits.pictureId, pictureId))
      .orderBy(authors.id),
    await findLeadStory(db),
  ]
  return [
    ...inStories.map((use) => ({
      ...use,
      kind: 'story' as const,
      isLead: use.storyId === leadId && use.layer === 'live' && use.place === 'lead',
    })),
    ...portraits.map((portrait) => ({ ...portrait, kind: 'portrait' as const })),
  ]
}

/** Revisions that no reader will see by themselves are none of them. */
async function findUsesInStories(db: Database | Transaction, pictureId: number) {
  const isDue = sql`(${stories.dueRevisionId} is not null and ${storyPictures.revisionId} = ${stories.dueRevisionId})`
  const layer = sql<Layer>`case when ${storyPictures.revisionId} is null then 'draft'
    when ${stories.withdrawnAt} is not null or ${stories.unpublishAt} <= now() then 'withdrawn'
    when ${stories.liveAt} > now() or (${isDue} and ${stories.dueAt} > now()) then 'scheduled' else 'live' end`
  const isCurrent = sql`(${storyPictures.revisionId} is null
    or (${storyPictures.revisionId} = ${stories.liveRevisionId} and not coalesce(${stories.dueAt} <= now(), false)) or ${isDue})`
  return db
    .select({
      storyId: stories.id,
      headline: sql<string>`coalesce(${revisions.headline}, ${drafts.headline})`,
      layer: layer.as('layer'),
      place: storyPictures.place,
    })
    .from(storyPictures)
    .innerJoin(stories, eq(stories.id, storyPictures.storyId))
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .leftJoin(revisions, eq(revisions.id, storyPictures.revisionId))
    .where(and(eq(storyPictures.pictureId, pictureId), isCurrent))
    .orderBy(asc(stories.id), asc(storyPictures.place), sql`${storyPictures.revisionId} nulls last`)
}

/** The story that leads the front page: the arranged one, or the newest with a body. */
async function findLeadStory(db: Database | Transaction): Promise<number | null> {
  const arrangement = await currentArrangement(db)
  return arrangement?.leadStoryId ?? (await newestWithBody(db))?.id ?? null
}

const layerPhrases: Record<Layer, string> = {
  live: 'before readers',
  scheduled: 'scheduled',
  withdrawn: 'withdrawn',
  draft: 'in its draft',
}

/** A place in a phrase. */
export function useInWords(use: UsePlace): string {
  if (use.kind === 'portrait') return `the portrait of ${use.name}`
  const where = use.place === 'lead' ? 'at the head of' : 'in the text of'
  return `${where} “${use.headline}” (${layerPhrases[use.layer]}${use.isLead ? ', leading the front page' : ''})`
}

/** SQL: something uses the picture, or will: a draft, what readers see, what is scheduled or withdrawn, or a portrait. */
export const isUsed = sql<boolean>`(exists (
    select 1 from ${storyPictures} used join ${stories} using_story on using_story.id = used.story_id
    where used.picture_id = ${pictures.id} and (used.revision_id is null or used.revision_id in (using_story.live_revision_id, using_story.due_revision_id)))
  or exists (select 1 from ${authorPortraits} portrait where portrait.picture_id = ${pictures.id}))`

/** Which of these pictures are used. */
export async function findUsed(db: Database | Transaction, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db
    .select({ id: pictures.id })
    .from(pictures)
    .where(and(inArray(pictures.id, [...ids]), isUsed))
  return new Set(rows.map(({ id }) => id))
}

/** The desk is warned this long before a picture may be used no more. */
export const WARNED_BEFORE_DAYS = 7

export type EndingPicture = { pictureId: number; at: Date; uses: UsePlace[] }

/** Pictures in use that may be used now and may not any more within the next days, first those that end first, each with every place of use. */
export async function findEndingPictures(db: Database, limit = 50): Promise<EndingPicture[]> {
  const boundary = sql`boundary.at`
  const rows = await db
    .select({ pictureId: pictures.id, at: sql<string>`min(${boundary})`.mapWith(pictureLeases.createdAt) })
    .from(pictures)
    .innerJoin(pictureLeases, and(eq(pictureLeases.pictureId, pictures.id), isNull(pictureLeases.endedAt)))
    .crossJoin(sql`lateral (values (${pictureLeases.from}), (${pictureLeases.until})) boundary (at)`)
    .where(
      and(
        sql`${boundary} > now() and ${boundary} <= now() + make_interval(days => ${WARNED_BEFORE_DAYS})`,
        isUsableAt(sql`now()`),
        sql`not ${isUsableAt(boundary)}`,
        isUsed,
      ),
    )
    .groupBy(pictures.id)
    .orderBy(sql`min(${boundary})`, pictures.id)
    .limit(limit)
  return Promise.all(rows.map(async (row) => ({ ...row, uses: await findUses(db, row.pictureId) })))
}

/** Of these stories and their drafts, those that have the picture. */
export async function findStoriesWith(tx: Transaction, pictureId: number): Promise<number[]> {
  const uses = await findUses(tx, pictureId)
  return [...new Set(uses.flatMap((use) => (use.kind === 'story' ? [use.storyId] : [])))].sort((a, b) => a - b)
}

/** Author ids with the picture as their portrait. */
export async function findPortraitsOf(tx: Transaction, pictureIds: readonly number[]) {
  return tx
    .select({ authorId: authorPortraits.authorId })
    .from(authorPortraits)
    .where(inArray(authorPortraits.pictureId, [...pictureIds]))
}
