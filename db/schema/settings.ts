import { sql } from 'drizzle-orm'
import { boolean, check, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { moment, reference } from './column'
import { users } from './user'

/** What admins decided, in at most one row. A setting without a value has its default (domain/settings/settings.ts). */
export const settings = pgTable(
  'settings',
  {
    onlyOne: boolean('only_one').primaryKey().default(true),
    /** By the setting's name. */
    values: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** The only setting of the build before this one; a trigger keeps it equal to that in `values`. The next migration drops it. */
    formerReportersMayPublishAlone: boolean('reporters_may_publish_alone').notNull().default(false),
    changedAt: moment('changed_at').notNull(),
    changedById: reference('changed_by_id', () => users.id),
    changedByName: text('changed_by_name').notNull(),
  },
  (table) => [check('settings_are_one_row', sql`${table.onlyOne}`)],
)
