import { and, desc, eq, sql, type Column, type SQL, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import { findByIds } from '@/domain/taxonomy/store'
import { pickText } from '@/domain/copy/copy-fields'
import type { Named } from '@/domain/copy/name'
import type { LiveStory, Page } from '@/domain/story/live-story'

/** Everything of a live story but its body, which lists do not need. */
export const listColumns = {
  id: liveStories.id,
  sectionId: liveStories.sectionId,
  sectionSlug: liveStories.sectionSlug,
  sectionName: liveStories.sectionName,
  slug: liveStories.slug,
  ...pickText(liveStories),
  hasBody: liveStories.hasBody,
  liveAt: liveStories.liveAt,
  updatedAt: liveStories.updatedAt,
  retracted: liveStories.retracted,
  authorIds: liveStories.authorIds,
  topicIds: liveStories.topicIds,
  unpublishAt: liveStories.unpublishAt,
}

/** What a list asks of a story. */
export type StoryRow = Omit<LiveStory, 'section' | 'authors' | 'topics'> & {
  authorIds: number[]
  topicIds: number[]
  sectionId: number
  sectionSlug: string
  sectionName: string
}

/** Rows become stories here and in `toLiveStory`, with the authors and topics of all of them asked for at once. */
export async function withNames<SomeRow extends StoryRow>(rows: SomeRow[]) {
  const names = await namesOf(rows)
  return rows.map((row) => toLiveStory(row, names))
}

export function toLiveStory<SomeRow extends StoryRow>(row: SomeRow, { authors, topics }: Names) {
  const { sectionId, sectionSlug, sectionName, authorIds, topicIds, ...story } = row
  const section = { id: sectionId, slug: sectionSlug, name: sectionName }
  return { ...story, section, authors: namesInOrder(authorIds, authors), topics: namesInOrder(topicIds, topics) }
}

/** By the ids that stories carry; two that were merged into one stand there once. */
function namesInOrder(ids: number[], names: Map<number, Named>): Named[] {
  const named = ids.flatMap((id) => names.get(id) ?? [])
  return named.filter(({ id }, at) => named.findIndex((other) => other.id === id) === at)
}

type Names = Record<'authors' | 'topics', Map<number, Named>>

/** Who and what the stories of some rows name. Where they name nobody, nobody is asked for. */
export async function namesOf(rows: Pick<StoryRow, 'authorIds' | 'topicIds'>[]): Promise<Names> {
  const [authors, topics] = await Promise.all([
    findByIds(database(), 'author', [...new Set(rows.flatMap(({ authorIds }) => authorIds))]),
    findByIds(database(), 'topic', [...new Set(rows.flatMap(({ topicIds }) => topicIds))]),
  ])
  return { authors, topics }
}

/**
 * What stands in a section, in two halves that have an index each: what is there by its row, and what has just come there by changes that were
 * due and that no clock has written down yet.
 */
export function sectionConditions(sectionId: number | Column) {
  return {
    current: and(isNotOverdue, eq(liveStories.storedSectionId, sectionId)),
    overdue: and(isOverdue, eq(liveStories.sectionId, sectionId)),
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
  const older = olderThan(before, liveStories.liveAt, liveStories.id)
  const newest = (where?: SQL) =>
    database()
      .select({
        ...listColumns,
        exactly: cursorTime(liveStories.liveAt).as('exactly'),
      })
      .from(liveStories)
      .where(and(where, older))
      .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
      .limit(size + 1)
  const conditions = sectionId === null ? null : sectionConditions(sectionId)
  const rows =
    conditions === null
      ? await newest()
      : await unionAll(newest(conditions.current), newest(conditions.overdue))
          .orderBy(sql`live_at desc, id desc`)
          .limit(size + 1)
  return toPage(rows, size)
}

/** A page of so many rows, of which one more was asked for. `exactly` is the place of each (`placeOf`). */
export async function toPage(rows: (StoryRow & { exactly: string })[], size: number): Promise<Page> {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  const olderCursor = rows.length > size && last ? `${last.exactly}-${last.id}` : null
  return { stories: await withNames(shown.map(({ exactly: _exactly, ...row }) => row)), olderCursor }
}

/** A moment as a cursor has it, exactly. */
export const cursorTime = (moment: SQLWrapper) =>
  sql<string>`to_char(${moment} at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`

/** What stands behind the place that a cursor names, in a list of the newest first; undefined, and so everything, where it names none. */
export function olderThan(cursor: string | null, at: SQLWrapper, id: SQLWrapper): SQL | undefined {
  const position = cursor === null ? null : parseCursor(cursor)
  return position === null ? undefined : sql`(${at}, ${id}) < (${position.at}::timestamptz, ${position.id}::bigint)`
}

/** A place in a list: the moment to the microsecond (UTC), and the id for stories of the same moment. */
export function parseCursor(cursor: string): { at: string; id: number } | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{6})-(\d{1,15})$/u.exec(cursor)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, fraction, id] = parts
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`
  const isMoment = !Number.isNaN(Date.parse(at)) && new Date(at).toISOString().slice(0, 19) === at.slice(0, 19)
  // The 30th of February and the year 0 are moments for JavaScript, and none for Postgres.
  return isMoment && year !== '0000' ? { at, id: Number(id) } : null
}
