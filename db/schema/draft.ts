import { sql, type SQL } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import type { SequencedRestoredNotice } from '@/domain/collaboration/protocol'
import { bytea, moment, reference, rowId, tsvector } from './column'
import { copy } from './copy'
import { stories } from './story'
import { users } from './user'

/** What is being written, one draft for each story. `version` counts the saves, so that a save from an older page is refused. */
export const drafts = pgTable(
  'drafts',
  {
    storyId: reference('story_id', () => stories.id).primaryKey(),
    version: integer().notNull().default(1),
    ...copy(),
    savedAt: moment('saved_at').notNull().defaultNow(),
    savedById: reference('saved_by_id', () => users.id),
    savedByName: text('saved_by_name').notNull(),
    /** The revision with the same copy; null: there is none. */
    keptAsRevisionId: rowId('kept_as_revision_id'),
    /** For search on the desk: headline, kicker and standfirst. */
    searchVector: tsvector('words').generatedAlwaysAs(
      (): SQL => sql`to_tsvector('simple', headline || ' ' || coalesce(kicker, '') || ' ' || coalesce(standfirst, ''))`,
    ),
  },
  (table) => [
    index('drafts_desk').on(table.savedAt.desc().nullsFirst(), table.storyId.desc().nullsFirst()),
    index('drafts_desk_section').on(
      table.sectionId,
      table.savedAt.desc().nullsFirst(),
      table.storyId.desc().nullsFirst(),
    ),
    index('drafts_unpublished')
      .on(table.savedAt.desc().nullsFirst(), table.storyId.desc().nullsFirst())
      .where(sql`${table.keptAsRevisionId} is null`),
    index('drafts_words').using('gin', table.searchVector),
    // Far longer than what may be published: limits are advice while a story is written.
    check('drafts_headline_is_bounded', sql`length(${table.headline}) <= 10000`),
  ],
)

/** Changes of one person that are not in the history yet. */
export type PendingHistory = { since: string; name: string; headline: string; changed: string[] }

/**
 * The collaborative document of a story (Yjs), created when the story is first opened. The draft is its projection. If `draft_version` is not the
 * draft’s version, the draft was saved without the document, which is then rewritten to match.
 */
export const draftDocuments = pgTable(
  'draft_documents',
  {
    storyId: reference('story_id', () => stories.id).primaryKey(),
    /** Documents created independently must not be merged: all text would be there twice. */
    lineage: uuid().notNull().defaultRandom(),
    state: bytea().notNull(),
    /** The number of merged updates. */
    sequence: bigint({ mode: 'number' }).notNull().default(0),
    draftVersion: integer('draft_version').notNull(),
    /** By user id (0: without a login). */
    pendingHistory: jsonb('pending_history').$type<Record<string, PendingHistory>>().notNull().default({}),
    /** When the oldest of it was written; null: there is none. */
    pendingHistorySince: moment('pending_history_since'),
    /** The last time an earlier revision was restored, for clients that were not connected; null: never. */
    restoredNotice: jsonb('restored_notice').$type<SequencedRestoredNotice>(),
    /** When a revision was last stored while somebody was writing. */
    keptAt: moment('kept_at').notNull(),
    // The names of the three columns above in the build before this one; triggers keep both equal. The next migration drops these.
    formerUntold: jsonb('untold').notNull().default({}),
    formerUntoldSince: moment('untold_since'),
    formerPutBack: jsonb('put_back'),
  },
  (table) => [
    index('draft_documents_pending_history')
      .on(table.pendingHistorySince)
      .where(sql`${table.pendingHistorySince} is not null`),
    index('draft_documents_untold')
      .on(table.formerUntoldSince)
      .where(sql`${table.formerUntoldSince} is not null`),
  ],
)
