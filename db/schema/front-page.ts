import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, moment } from './column'
import { stories } from './story'
import { users } from './user'

/** Arrangements of the front page. Readers see the newest; the others are its history. */
export const frontPages = pgTable('front_pages', {
  id: id(),
  launchedAt: moment('launched_at').notNull().defaultNow(),
  launchedById: bigint('launched_by_id', { mode: 'number' }).references(() => users.id),
  launchedByName: text('launched_by_name').notNull(),
  /** Null: the newest story with a body leads. */
  leadStoryId: bigint('lead_story_id', { mode: 'number' }).references(() => stories.id),
})

/** The order an editor gave the latest headlines. Stories published later come first. */
export const frontPageSlots = pgTable(
  'front_page_slots',
  {
    frontPageId: bigint('front_page_id', { mode: 'number' })
      .notNull()
      .references(() => frontPages.id),
    position: integer().notNull(),
    storyId: bigint('story_id', { mode: 'number' })
      .notNull()
      .references(() => stories.id),
  },
  (table) => [primaryKey({ columns: [table.frontPageId, table.storyId] })],
)
