import { and, desc, eq, lt } from 'drizzle-orm'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import type { NewsroomEvent } from './event'

/** How many lines of history stand on a page. */
export const LINES_OF_HISTORY = 50

/** One line: who did what, and when. */
export type HistoryLine = {
  id: number
  happenedAt: Date
  actorName: string
  storyId: number | null
  event: NewsroomEvent
}

/** A page of history, newest first; `olderPlace` names where the next one begins, null at the end. */
export type HistoryPage = { lines: HistoryLine[]; olderPlace: string | null }

/**
 * What happened, newest first: in one story, or (storyId null) everywhere. Whoever asks has permission already.
 * @param before the place an older page begins at; what cannot be read is the beginning
 */
export async function recallHistory({
  storyId,
  before,
  atOnce = LINES_OF_HISTORY,
}: {
  storyId: number | null
  before: string | null
  atOnce?: number
}): Promise<HistoryPage> {
  const place = /^[1-9]\d{0,14}$/u.test(before ?? '') ? Number(before) : null
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
        place === null ? undefined : lt(history.id, place),
      ),
    )
    .orderBy(desc(history.id))
    .limit(atOnce + 1)
  const lines = rows.slice(0, atOnce)
  const last = lines.at(-1)
  return { lines, olderPlace: rows.length > atOnce && last ? String(last.id) : null }
}
