import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, moment, reference } from './column'
import { stories } from './story'
import { users } from './user'

/** Arrangements of the front page. Readers see the newest; the others are its history. */
export const frontPages = pgTable('front_pages', {
  id: id(),
  launchedAt: moment('launched_at').notNull().defaultNow(),
  launchedById: reference('launched_by_id', () => users.id),
  launchedByName: text('launched_by_name').notNull(),
  /** Null: the newest story with a body leads. */
  leadStoryId: reference('lead_story_id', () => stories.id),
})

/** The order an editor gave the latest headlines. Stories published later come first. */
export const frontPageSlots = pgTable(
  'front_page_slots',
  {
    frontPageId: reference('front_page_id', () => frontPages.id).notNull(),
    position: integer().notNull(),
    storyId: reference('story_id', () => stories.id).notNull(),
  },
  (table) => [primaryKey({ columns: [table.frontPageId, table.storyId] })],
)
