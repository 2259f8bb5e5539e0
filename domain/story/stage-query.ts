import { and, isNull, not, sql } from 'drizzle-orm'
import { stories } from '@/db/schema/story'

/** Where a story stands at this moment, as SQL: a schedule takes effect on time, also before the clock has settled it. */
export const isDue = sql<boolean>`coalesce(${stories.liveAt} <= now(), false)`
export const isChangeDue = sql<boolean>`coalesce(${stories.dueAt} <= now(), false)`
export const isEnded = sql<boolean>`coalesce(${stories.unpublishAt} <= now(), false)`

export const isLive = and(isDue, isNull(stories.withdrawnAt), not(isEnded))
