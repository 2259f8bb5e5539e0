import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, foreignKey, index, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { correctionKinds } from '@/domain/correction/correction'
import { id, moment, reference, rowId } from './column'
import { revisions, stories } from './story'
import { users } from './user'

/** Notes to readers about published stories. Append-only (a trigger refuses anything else): a reworded note is another row that refers to the first one. */
export const corrections = pgTable(
  'corrections',
  {
    id: id(),
    storyId: reference('story_id', () => stories.id).notNull(),
    kind: text({ enum: correctionKinds }).notNull(),
    words: text().notNull(),
    publishedAt: moment('published_at').notNull(),
    publishedById: reference('published_by_id', () => users.id),
    publishedByName: text('published_by_name').notNull(),
    /** The live revision from then on. */
    revisionId: rowId('revision_id').notNull(),
    /** The first version of the note that this row replaces; null: a note of its own. */
    replacesId: rowId('replaces_id'),
  },
  (table) => [
    unique('corrections_of_story').on(table.id, table.storyId),
    foreignKey({
      name: 'corrections_revision',
      columns: [table.revisionId, table.storyId],
      foreignColumns: [revisions.id, revisions.storyId],
    }),
    foreignKey({
      name: 'corrections_replaces',
      columns: [table.replacesId, table.storyId],
      foreignColumns: [table.id, table.storyId] as [AnyPgColumn, AnyPgColumn],
    }),
    index('corrections_by_story').on(table.storyId, table.id),
    index('corrections_latest')
      .on(table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.replacesId} is null`),
    index('corrections_replacing')
      .on(table.replacesId, table.id)
      .where(sql`${table.replacesId} is not null`),
    check('corrections_kind_is_known', sql`${table.kind} in ('correction', 'clarification', 'update', 'retraction')`),
    check('corrections_words_are_given', sql`length(btrim(${table.words})) between 1 and 2000`),
    check('corrections_replace_another', sql`${table.replacesId} < ${table.id}`),
  ],
)
