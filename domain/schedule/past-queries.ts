import { and, asc, eq, gte, isNotNull, isNull, lt, sql, type Column, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import { viewerOf, ownOrAssigned, type Viewer } from '../desk/visibility-query'
import { earliestOf, type Past, type PastKind } from './moment'
import type { Actor } from '../user/user'

/**
 * Each kind of past moment and its condition. Stories that went live and were withdrawn have an index of their own. An older build also
 * withdrew scheduled stories, which were never live.
 */
const pastQueries: { kind: PastKind; at: Column; where: SQL | undefined }[] = [
  { kind: 'went-live', at: stories.liveAt, where: and(isNotNull(stories.liveAt), isNull(stories.withdrawnAt)) },
  {
    kind: 'went-live',
    at: stories.liveAt,
    where: and(isNotNull(stories.withdrawnAt), gte(stories.withdrawnAt, stories.liveAt)),
  },
  { kind: 'withdrawn', at: stories.withdrawnAt, where: isNotNull(stories.withdrawnAt) },
]

/** Past moments of a period, earliest first: for an editor of all stories, for a reporter of their own and those assigned to them. */
export async function findPast(actor: Actor, within: { from: Date; until: Date }, limit: number): Promise<Past[]> {
  const viewer = await viewerOf(actor)
  const found = await Promise.all(pastQueries.map((query) => findKind(viewer, query, within, limit)))
  return earliestOf(found, limit)
}

async function findKind(
  viewer: Viewer,
  { kind, at, where }: (typeof pastQueries)[number],
  { from, until }: { from: Date; until: Date },
  limit: number,
): Promise<Past[]> {
  const rows = await database()
    .select({
      at: sql<Date>`${at}`.mapWith(stories.createdAt),
      storyId: stories.id,
      headline: revisions.headline,
      sectionName: sections.name,
    })
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .innerJoin(revisions, eq(revisions.id, stories.liveRevisionId))
    .leftJoin(sections, eq(sections.id, stories.sectionId))
    .where(and(where, ownOrAssigned(viewer), gte(at, from), lt(at, until), sql`${at} <= now()`))
    .orderBy(asc(at), asc(stories.id))
    .limit(limit)
  return rows.map((row) => ({ ...row, kind }))
}
