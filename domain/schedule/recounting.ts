import { and, asc, eq, gte, isNotNull, isNull, lt, sql, type Column, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions } from '@/db/schema/revision'
import { stories } from '@/db/schema/story'
import { onlookerOf, theirs, type Onlooker } from '../desk/onlooking'
import { earliestOf, type Bygone, type BygoneKind } from '../time/calendar'
import type { Actor } from '../user/user'

/**
 * What became of stories, and where it stands. What went live and is withdrawn is found by an index of its own: there are few. A version of
 * ours withdrew also what was scheduled: that never went live.
 */
const questions: { kind: BygoneKind; at: Column; where: SQL | undefined }[] = [
  { kind: 'went-live', at: stories.liveAt, where: and(isNotNull(stories.liveAt), isNull(stories.withdrawnAt)) },
  {
    kind: 'went-live',
    at: stories.liveAt,
    where: and(isNotNull(stories.withdrawnAt), gte(stories.withdrawnAt, stories.liveAt)),
  },
  { kind: 'withdrawn', at: stories.withdrawnAt, where: isNotNull(stories.withdrawnAt) },
]

/** What has come true within some time, the earliest first: of an editor everything, of a reporter their own and what is assigned to them. */
export async function findBygone(actor: Actor, within: { from: Date; until: Date }, most: number): Promise<Bygone[]> {
  const onlooker = await onlookerOf(actor)
  const found = await Promise.all(questions.map((question) => findKind(onlooker, question, within, most)))
  return earliestOf(found, most)
}

async function findKind(
  onlooker: Onlooker,
  { kind, at, where }: (typeof questions)[number],
  { from, until }: { from: Date; until: Date },
  most: number,
): Promise<Bygone[]> {
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
    .where(and(where, theirs(onlooker), gte(at, from), lt(at, until), sql`${at} <= now()`))
    .orderBy(asc(at), asc(stories.id))
    .limit(most)
  return rows.map((row) => ({ ...row, kind }))
}
