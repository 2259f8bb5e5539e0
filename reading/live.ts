import { and, desc, eq, sql, type Column, type SQL, type SQLWrapper } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { liveStories, isNotOverdue, isOverdue } from '@/db/schema/live'
import { findByIds } from '@/domain/taxonomy/store'
import { pickText } from '@/domain/copy/copy-fields'
import type { Named } from '@/domain/copy/name'
import type { LiveStory, Page } from '@/domain/story/live-story'

/** All columns of a live story but its body, which lists do not need. */
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

export type StoryRow = Omit<LiveStory, 'section' | 'authors' | 'topics'> & {
  authorIds: number[]
  topicIds: number[]
  sectionId: number
  sectionSlug: string
  sectionName: string
}

/** Rows become stories here and in `toLiveStory`; the authors and topics of all rows are read at once. */
export async function withNames<SomeRow extends StoryRow>(rows: SomeRow[]) {
  const names = await namesOf(rows)
  return rows.map((row) => toLiveStory(row, names))
}

export function toLiveStory<SomeRow extends StoryRow>(row: SomeRow, { authors, topics }: Names) {
  const { sectionId, sectionSlug, sectionName, authorIds, topicIds, ...story } = row
  const section = { id: sectionId, slug: sectionSlug, name: sectionName }
  return { ...story, section, authors: namesInOrder(authorIds, authors), topics: namesInOrder(topicIds, topics) }
}

/** Without duplicates: two ids of names that were merged lead to the same name. */
function namesInOrder(ids: number[], names: Map<number, Named>): Named[] {
  const named = ids.flatMap((id) => names.get(id) ?? [])
  return named.filter(({ id }, at) => named.findIndex((other) => other.id === id) === at)
}

type Names = Record<'authors' | 'topics', Map<number, Named>>

export async function namesOf(rows: Pick<StoryRow, 'authorIds' | 'topicIds'>[]): Promise<Names> {
  const [authors, topics] = await Promise.all([
    findByIds(database(), 'author', [...new Set(rows.flatMap(({ authorIds }) => authorIds))]),
    findByIds(database(), 'topic', [...new Set(rows.flatMap(({ topicIds }) => topicIds))]),
  ])
  return { authors, topics }
}

/**
 * The stories of a section in two parts with an index each: by the stored section, and by that of changes that are overdue and that the clock has not
 * applied yet.
 */
export function sectionConditions(sectionId: number | Column) {
  return {
    current: and(isNotOverdue, eq(liveStories.storedSectionId, sectionId)),
    overdue: and(isOverdue, eq(liveStories.sectionId, sectionId)),
  }
}

export const STORIES_ON_A_PAGE = 30

/**
 * A page of live stories, newest first, after the position of a cursor. A new story never shifts an older page.
 * @param sectionId null: all sections
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
        cursorTime: cursorTime(liveStories.liveAt).as('cursor_time'),
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

/** @param rows one more than `size`, if there is an older page */
export async function toPage(rows: (StoryRow & { cursorTime: string })[], size: number): Promise<Page> {
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  const olderCursor = rows.length > size && last ? `${last.cursorTime}-${last.id}` : null
  return { stories: await withNames(shown.map(({ cursorTime: _cursorTime, ...row }) => row)), olderCursor }
}

/** A time as it stands in a cursor, exact to the microsecond. */
export const cursorTime = (moment: SQLWrapper) =>
  sql<string>`to_char(${moment} at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`

/** Rows after the cursor’s position, newest first; undefined (all rows) if the cursor is invalid. */
export function olderThan(cursor: string | null, at: SQLWrapper, id: SQLWrapper): SQL | undefined {
  const position = cursor === null ? null : parseCursor(cursor)
  return position === null ? undefined : sql`(${at}, ${id}) < (${position.at}::timestamptz, ${position.id}::bigint)`
}

/** A position in a list: the time to the microsecond (UTC), and the id among stories of the same time. */
export function parseCursor(cursor: string): { at: string; id: number } | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{6})-(\d{1,15})$/u.exec(cursor)
  if (!parts) return null
  const [, year, month, day, hour, minute, second, fraction, id] = parts
  const at = `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`
  const isMoment = !Number.isNaN(Date.parse(at)) && new Date(at).toISOString().slice(0, 19) === at.slice(0, 19)
  // JavaScript accepts 30 February and the year 0, Postgres does not.
  return isMoment && year !== '0000' ? { at, id: Number(id) } : null
}
