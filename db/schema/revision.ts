import { sql, type SQL } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { revisionReasons } from '@/domain/revision/revision'
import { id, moment } from './column'
import { copy } from './copy'
import { stories } from './story'
import { users } from './user'

/** A copy of the words, kept for ever: no update, no delete (a trigger holds it). */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    storyId: bigint('story_id', { mode: 'number' })
      .notNull()
      .references((): AnyPgColumn => stories.id),
    number: integer().notNull(),
    ...copy(),
    hasBody: boolean('has_body')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`body is not null`),
    /** Set when it went out with a correction. What readers are told is the story's own: another revision must not take it back. */
    updatedForReadersAt: moment('updated_for_readers_at'),
    keptAt: moment('kept_at').notNull().defaultNow(),
    keptById: bigint('kept_by_id', { mode: 'number' }).references(() => users.id),
    keptByName: text('kept_by_name').notNull(),
    /** Null for those kept before this was written down. */
    keptBecause: text('kept_because', { enum: revisionReasons }),
  },
  (table) => [
    uniqueIndex('revisions_number').on(table.storyId, table.number),
    unique('revisions_of_story').on(table.id, table.storyId),
    check(
      'revisions_kept_because',
      sql`${table.keptBecause} in (${sql.raw(revisionReasons.map((reason) => `'${reason}'`).join(', '))})`,
    ),
  ],
)
