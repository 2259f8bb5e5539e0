import { and, asc, eq, gte, isNotNull, isNull, lt, sql, type Column, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import { viewerOf, ownOrAssigned, type Viewer } from '../desk/visibility-query'
import { earliestOf, type Past, type PastKind } from '../time/calendar'
import type { Actor } from '../user/user'

/**
 * What became of stories, and where it stands. What went live and is withdrawn is found by an index of its own: there are few. A version of
 * ours withdrew also what was scheduled: that never went live.
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

/** What has come true within some time, the earliest first: of an editor everything, of a reporter their own and what is assigned to them. */
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
