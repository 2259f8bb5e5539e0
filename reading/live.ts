import { and, asc, desc, eq, inArray, sql, type Column, type SQL, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { authors, storyAuthors } from '@/db/schema/author'
import { liveStories, notTurning, turning } from '@/db/schema/live'
import type { Byline, LiveStory, Page } from '@/domain/story/live-story'

/** Everything of a live story but its body, which lists do not need. */
export const listColumns = {
  id: liveStories.id,
  sectionId: liveStories.sectionId,
  sectionSlug: liveStories.sectionSlug,
  sectionName: liveStories.sectionName,
  slug: liveStories.slug,
  headline: liveStories.headline,
  kicker: liveStories.kicker,
  standfirst: liveStories.standfirst,
  dateline: liveStories.dateline,
  hasBody: liveStories.hasBody,
  liveAt: liveStories.liveAt,
  updatedAt: liveStories.updatedAt,
  retracted: liveStories.retracted,
}

/** What a list asks of a story. */
export type Row = Omit<LiveStory, 'section' | 'authors'> & {
  sectionId: number
  sectionSlug: string
  sectionName: string
}
type Bylines = Map<number, Byline[]>

/** Rows become stories here and in `toLiveStory`, with the authors of all of them asked for at once. */
export async function withAuthors<Listed extends Row>(rows: Listed[]) {
  const bylines = await bylinesOf(rows.map(({ id }) => id))
  return rows.map((row) => toLiveStory(row, bylines))
}

export function toLiveStory<Listed extends Row>(row: Listed, bylines: Bylines) {
  const { sectionId, sectionSlug, sectionName, ...story } = row
  const section = { id: sectionId, slug: sectionSlug, name: sectionName }
  return { ...story, section, authors: bylines.get(story.id) ?? [] }
}

export async function bylinesOf(storyIds: number[]): Promise<Bylines> {
  const bylines: Bylines = new Map()
  if (storyIds.length === 0) return bylines
  const rows = await database()
    .select({ storyId: storyAuthors.storyId, name: authors.name, slug: authors.slug })
    .from(storyAuthors)
    .innerJoin(authors, eq(authors.id, storyAuthors.authorId))
    .where(inArray(storyAuthors.storyId, storyIds))
    .orderBy(asc(storyAuthors.position))
  for (const { storyId, name, slug } of rows) bylines.set(storyId, [...(bylines.get(storyId) ?? []), { name, slug }])
  return bylines
}

/**
 * What stands in a section, in two halves that have an index each: what is there by its row, and what has just come there by changes that were
 * due and that no clock has written down yet.
 */
export function halvesOfSection(sectionId: number | Column) {
  return {
    settled: and(notTurning, eq(liveStories.keptSectionId, sectionId)),
    turning: and(turning, eq(liveStories.sectionId, sectionId)),
  }
}

/** How many stories a list page shows. */
export const STORIES_ON_A_PAGE = 30

/**
 * A page of live stories, newest first, beginning after the place a cursor names. A new story never shifts an older page.
 * @param sectionId null: of all sections
 */
export async function readPage(
  before: string | null,
  sectionId: number | null = null,
  size = STORIES_ON_A_PAGE,
): Promise<Page> {
  const place = before === null ? null : readCursor(before)
  const older =
    place === null
      ? undefined
      : sql`(${liveStories.liveAt}, ${liveStories.id}) < (${place.at}::timestamptz, ${place.id}::bigint)`
  const newest = (where?: SQL) =>
    database()
      .select({
        ...listColumns,
        exactly: placeOf(liveStories.liveAt).as('exactly'),
      })
      .from(liveStories)
      .where(and(where, older))
      .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
      .limit(size + 1)
  const halves = sectionId === null ? null : halvesOfSection(sectionId)
  const rows =
    halves === null
      ? await newest()
      : await unionAll(newest(halves.settled), newest(halves.turning))
          .orderBy(sql`live_at desc, id desc`)
          .limit(size + 1)
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  const olderCursor = rows.length > size && last ? `${last.exactly}-${last.id}` : null
  return { stories: await withAuthors(shown.map(({ exactly: _exactly, ...row }) => row)), olderCursor }
}

/** A moment as a cursor has it, exactly. */
export const placeOf = (moment: SQLWrapper) => sql<string>`to_char(${moment} at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`

/** A place in a list: the moment to the microsecond (UTC), and the id for stories of the same moment. */
export function readCursor(cursor: string): { at: string; id: number } | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{6})-(\d{1,15})$/u.exec(cursor)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, fraction, id] = parts
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`
  return Number.isNaN(Date.parse(at)) ? null : { at, id: Number(id) }
}
