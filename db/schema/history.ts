import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { NewsroomEvent } from '@/domain/history/event'
import { id, moment } from './column'
import { stories } from './story'
import { users } from './user'

/**
 * Every event, in order. Append-only (a trigger refuses anything else). Events recorded by the clock are unique for each story and time: the index
 * `history_told_once` exists only in its migration, because its first id depends on the database.
 */
export const history = pgTable(
  'history',
  {
    id: id(),
    happenedAt: moment('happened_at').notNull(),
    actorId: bigint('actor_id', { mode: 'number' }).references(() => users.id),
    actorName: text('actor_name').notNull(),
    storyId: bigint('story_id', { mode: 'number' }).references(() => stories.id),
    event: jsonb().$type<NewsroomEvent>().notNull(),
  },
  (table) => [index('history_of_story').on(table.storyId, table.id.desc().nullsFirst())],
)
