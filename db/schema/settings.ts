import { sql } from 'drizzle-orm'
import { bigint, boolean, check, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './column'
import { users } from './user'

/** How the house runs, in one row at most: without it, everything is as it is by default. */
export const settings = pgTable(
  'settings',
  {
    onlyOne: boolean('only_one').primaryKey().default(true),
    reportersMayPublishAlone: boolean('reporters_may_publish_alone').notNull().default(false),
    changedAt: moment('changed_at').notNull(),
    changedById: bigint('changed_by_id', { mode: 'number' }).references(() => users.id),
    changedByName: text('changed_by_name').notNull(),
  },
  (table) => [check('settings_are_one_row', sql`${table.onlyOne}`)],
)
