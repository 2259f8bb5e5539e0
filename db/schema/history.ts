import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { NewsroomEvent } from '@/domain/history/event'
import { id, moment } from './column'
import { stories } from './story'
import { users } from './user'

/**
 * Everything that happened, in order; only ever added to (a trigger holds it). What came true by itself stands there once for each moment: the index
 * `history_told_once` is made by its migration, because where it begins is known only there.
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
