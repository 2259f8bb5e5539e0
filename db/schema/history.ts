import { sql } from 'drizzle-orm'
import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { NewsroomEvent } from '@/domain/history/event'
import { id, moment, reference } from './column'
import { pictures } from './picture'
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
    actorId: reference('actor_id', () => users.id),
    actorName: text('actor_name').notNull(),
    storyId: reference('story_id', () => stories.id),
    pictureId: reference('picture_id', () => pictures.id),
    event: jsonb().$type<NewsroomEvent>().notNull(),
  },
  (table) => [
    index('history_of_story').on(table.storyId, table.id.desc().nullsFirst()),
    index('history_of_picture')
      .on(table.pictureId, table.id.desc().nullsFirst())
      .where(sql`${table.pictureId} is not null`),
  ],
)
