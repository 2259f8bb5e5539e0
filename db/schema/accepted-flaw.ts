import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moment, reference } from './column'
import { stories } from './story'
import { users } from './user'

/** Flaws of drafts of which somebody who may publish said that they are none: “TK 1951” is a flight. By the key of the flaw (domain/copy/flaws.ts). */
export const acceptedFlaws = pgTable(
  'accepted_flaws',
  {
    storyId: reference('story_id', () => stories.id).notNull(),
    key: text().notNull(),
    acceptedAt: moment('accepted_at').notNull(),
    acceptedById: reference('accepted_by_id', () => users.id),
    acceptedByName: text('accepted_by_name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.storyId, table.key] })],
)
