import { and, desc, eq, lt } from 'drizzle-orm'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import type { NewsroomEvent } from './event'

export const ENTRIES_ON_A_PAGE = 50

export type HistoryEntry = {
  id: number
  happenedAt: Date
  actorName: string
  storyId: number | null
  event: NewsroomEvent
}

/** Newest first; `olderCursor`: where the next page starts, null at the end. */
export type HistoryPage = { entries: HistoryEntry[]; olderCursor: string | null }

/**
 * The history of one story, of one picture, or (both null) of the newsroom, newest first. The caller checks permission.
 * @param before a page’s `olderCursor`; an invalid one is read as null
 */
export async function findHistory({
  storyId,
  pictureId = null,
  before,
  limit = ENTRIES_ON_A_PAGE,
}: {
  storyId: number | null
  pictureId?: number | null
  before: string | null
  limit?: number
}): Promise<HistoryPage> {
  const cursor = /^[1-9]\d{0,14}$/u.test(before ?? '') ? Number(before) : null
  const rows = await database()
    .select({
      id: history.id,
      happenedAt: history.happenedAt,
      actorName: history.actorName,
      storyId: history.storyId,
      event: history.event,
    })
    .from(history)
    .where(
      and(
        storyId === null ? undefined : eq(history.storyId, storyId),
        pictureId === null ? undefined : eq(history.pictureId, pictureId),
        cursor === null ? undefined : lt(history.id, cursor),
      ),
    )
    .orderBy(desc(history.id))
    .limit(limit + 1)
  const entries = rows.slice(0, limit)
  const last = entries.at(-1)
  return { entries, olderCursor: rows.length > limit && last ? String(last.id) : null }
}
