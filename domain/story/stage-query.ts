import { and, isNull, not, sql } from 'drizzle-orm'
import { stories } from '@/db/schema/story'

/** How a story stands at this moment, as SQL: whatever comes true by itself is true from its second on, also before a clock has written it down. */
export const isDue = sql<boolean>`coalesce(${stories.liveAt} <= now(), false)`
export const isChangeDue = sql<boolean>`coalesce(${stories.dueAt} <= now(), false)`
export const isEnded = sql<boolean>`coalesce(${stories.unpublishAt} <= now(), false)`

/** Readers see it. */
export const isLive = and(isDue, isNull(stories.withdrawnAt), not(isEnded))
