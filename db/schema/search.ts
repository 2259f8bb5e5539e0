import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { id, moment, reference, rowId, tsvector } from './column'
import { stories } from './story'

/**
 * What readers' search looks in: a row for the revision that readers see, and one for the revision that replaces it when it is due. The vectors are
 * made by domain/search, not by Postgres. Tables of their own, so that making them anew neither rewrites stories nor locks them.
 */
export const storySearch = pgTable(
  'story_search',
  {
    storyId: reference('story_id', () => stories.id).notNull(),
    revisionId: rowId('revision_id').notNull(),
    /** The story’s, for the order of a scan. */
    liveAt: moment('live_at').notNull(),
    vector: tsvector('vector').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.storyId, table.revisionId] }),
    index('story_search_newest').on(table.liveAt.desc().nullsFirst(), table.storyId.desc().nullsFirst()),
    index('story_search_vector').using('gin', table.vector).with({ gin_pending_list_limit: 512 }),
  ],
)

/** What the desk's search looks in: a row for each draft. */
export const draftSearch = pgTable(
  'draft_search',
  {
    storyId: reference('story_id', () => stories.id).primaryKey(),
    /** The draft's. */
    version: integer().notNull(),
    vector: tsvector('vector').notNull(),
  },
  // A search reads the list of pending entries from beginning to end, so it is kept short. Kilobytes.
  (table) => [index('draft_search_vector').using('gin', table.vector).with({ gin_pending_list_limit: 512 })],
)

/**
 * Stories that changed, or the names of whose authors or topics did; triggers write it, also for a build that knows nothing of it. A row for each
 * change, so that nobody waits for a row.
 */
export const searchPending = pgTable('search_pending', { id: id(), storyId: rowId('story_id').notNull() })

/** How far the stories are indexed that are older than this table: one row. */
export const searchBackfill = pgTable(
  'search_backfill',
  {
    id: integer().primaryKey(),
    /** Those with this id and lower ones are still to be indexed; 0: none. */
    throughId: rowId('through_id').notNull(),
  },
  (table) => [check('search_backfill_is_one_row', sql`${table.id} = 1`)],
)
