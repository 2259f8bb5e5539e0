import { and, asc, eq, gte, isNull, lt, sql, type Column, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import type { Actor } from '../user/user'
import { earliestOf, upcomingKinds, type Upcoming, type UpcomingKind } from '../time/calendar'
import { viewerOf, ownOrAssigned, type Viewer } from '../desk/visibility-query'

/** How many of what comes next are shown at once. */
export const UPCOMING_LIMIT = 100

/** How many of a month the calendar shows: of what comes next, and of what came true. */
export const MONTH_LIMIT = 500

/** Where each kind of moment stands, and the words it is about: those that readers see then, and of an embargo the draft's. */
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

/**
 * What comes true by itself, the nearest first: an editor's everything, a reporter's own and what is assigned to them.
 * @param within from and until when, where not all of it is wanted
 */
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
