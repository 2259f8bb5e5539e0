import { and, asc, eq, gte, isNull, lt, sql, type Column, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import type { Actor } from '../user/user'
import { earliestOf, upcomingKinds, type Upcoming, type UpcomingKind } from './moment'
import { viewerOf, ownOrAssigned, type Viewer } from '../desk/visibility-query'

export const UPCOMING_LIMIT = 100

/** Moments of each half, past and upcoming, that the calendar shows of a month. */
export const MONTH_LIMIT = 500

/** The columns of each kind of moment, with the revision whose headline it shows; null: the draft's. */
const sources: Record<UpcomingKind, { at: Column; revisionId: Column | SQL; sectionId: Column; where?: SQL }> = {
  live: {
    at: stories.liveAt,
    revisionId: stories.liveRevisionId,
    sectionId: stories.sectionId,
    where: isNull(stories.withdrawnAt),
  },
  changes: { at: stories.dueAt, revisionId: stories.dueRevisionId, sectionId: stories.dueSectionId },
  unpublish: { at: stories.unpublishAt, revisionId: stories.liveRevisionId, sectionId: stories.sectionId },
  embargo: { at: stories.embargoUntil, revisionId: sql`null`, sectionId: drafts.sectionId },
}

/** Scheduled moments, earliest first: for an editor of all stories, for a reporter of their own and those assigned to them. */
export async function findUpcoming(
  actor: Actor,
  within?: { from: Date; until: Date },
  limit = UPCOMING_LIMIT,
): Promise<Upcoming[]> {
  const viewer = await viewerOf(actor)
  const found = await Promise.all(upcomingKinds.map((kind) => findKind(viewer, kind, within, limit)))
  return earliestOf(found, limit)
}

async function findKind(
  viewer: Viewer,
  kind: UpcomingKind,
  within: { from: Date; until: Date } | undefined,
  limit: number,
): Promise<Upcoming[]> {
  const { at, revisionId, sectionId, where } = sources[kind]
  const rows = await database()
    .select({
      at: sql<Date>`${at}`.mapWith(stories.createdAt),
      storyId: stories.id,
      headline: sql<string>`coalesce(${revisions.headline}, ${drafts.headline})`,
      sectionName: sections.name,
    })
    .from(stories)
    .innerJoin(drafts, eq(drafts.storyId, stories.id))
    .leftJoin(revisions, sql`${revisions.id} = ${revisionId}`)
    .leftJoin(sections, eq(sections.id, sectionId))
    .where(
      and(
        sql`${at} > now()`,
        where,
        ownOrAssigned(viewer),
        within && gte(at, within.from),
        within && lt(at, within.until),
      ),
    )
    .orderBy(asc(at), asc(stories.id))
    .limit(limit)
  return rows.map((row) => ({ ...row, kind }))
}
