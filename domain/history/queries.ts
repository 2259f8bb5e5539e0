import { and, desc, eq, lt } from 'drizzle-orm'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import type { NewsroomEvent } from './event'

/** How many lines of history stand on a page. */
export const ENTRIES_ON_A_PAGE = 50

/** One line: who did what, and when. */
export type HistoryEntry = {
  id: number
  happenedAt: Date
  actorName: string
  storyId: number | null
  event: NewsroomEvent
}

/** A page of history, newest first; `olderPlace` names where the next one begins, null at the end. */
export type HistoryPage = { entries: HistoryEntry[]; olderCursor: string | null }

/**
 * What happened, newest first: in one story, or (storyId null) everywhere. Whoever asks has permission already.
 * @param before the place an older page begins at; what cannot be read is the beginning
 */
export async function findHistory({
  storyId,
  before,
  limit = ENTRIES_ON_A_PAGE,
}: {
  storyId: number | null
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
        cursor === null ? undefined : lt(history.id, cursor),
      ),
    )
    .orderBy(desc(history.id))
    .limit(limit + 1)
  const entries = rows.slice(0, limit)
  const last = entries.at(-1)
  return { entries, olderCursor: rows.length > limit && last ? String(last.id) : null }
}
