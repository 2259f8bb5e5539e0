import { sql, type SQL } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { revisionReasons } from '@/domain/revision/revision'
import { id, isOneOf, isSlug, moment, reference, rowId, tsvector } from './column'
import { copy } from './copy'
import { sections } from './section'
import { users } from './user'

const ids = (name: string) => rowId(name).array()
const emptyArray = sql`'{}'`

/**
 * A story: an id for life and the pointer to what readers see. Its copy is in `drafts` and `revisions`. Section and slug are those of the live
 * address; the draft may have others.
 */
export const stories = pgTable(
  'stories',
  {
    id: id(),
    /** The reporter who owns it; null: the seed. */
    ownerId: reference('owner_id', () => users.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** A digest of the form that started the story: sent twice, it starts one story. Null: it was not started by a form. */
    idempotencyKey: text('idempotency_key'),
    /** The name of `idempotency_key` in the build before this one; a trigger keeps both equal. The next migration drops it. */
    formerBegunAs: text('begun_as'),
    liveRevisionId: rowId('live_revision_id'),
    /** Readers see the live revision from then on; in the future: scheduled. */
    liveAt: moment('live_at'),
    /** The `live_at` that the history has recorded; another one in the past is still to be recorded. */
    recordedLiveAt: moment('told_live_at'),
    sectionId: reference('section_id', () => sections.id),
    slug: text(),
    withdrawnAt: moment('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    /** Replaces the live revision from `due_at` on: the view shows it at once, and the clock then moves the pointer. */
    dueRevisionId: rowId('due_revision_id'),
    dueAt: moment('due_at'),
    dueSectionId: reference('due_section_id', () => sections.id),
    dueSlug: text('due_slug'),
    dueSearchVector: tsvector('due_words'),
    dueHasBody: boolean('due_has_body'),
    /**
     * The version of the draft that is due: a draft still at it has no unscheduled changes. Null also where a build without this column scheduled the
     * changes.
     */
    dueDraftVersion: integer('due_draft_version'),
    /** From then on it is withdrawn, for this reason: at once in the view, and then by the clock. */
    unpublishAt: moment('unpublish_at'),
    unpublishReason: text('unpublish_reason'),
    /** Until then readers may see nothing new of it; a trigger refuses it. */
    embargoUntil: moment('embargo_until'),
    /** Who set the embargo, and why. */
    embargoNote: text('embargo_note'),
    /** The search vector of the live revision: headline (A), kicker and standfirst (B), body (D). Written with the pointer. */
    liveSearchVector: tsvector('live_words'),
    /** When an editor last published a correction. Publishing changes does not change it. */
    updatedForReadersAt: moment('updated_for_readers_at'),
    /** Since when a note says that the story should not have been published; the story stays live. */
    retractedAt: moment('retracted_at'),
    /** Whether the live revision has a body. Written with the pointer, for indexes without headlines. */
    liveHasBody: boolean('live_has_body').notNull().default(false),
    /** Ids of the live revision’s authors and topics, in its order. The id of a merged name leads to the name it was merged into. */
    liveAuthorIds: ids('live_author_ids').notNull().default(emptyArray),
    liveTopicIds: ids('live_topic_ids').notNull().default(emptyArray),
    /** Those of the due revision. Null also where a build without names scheduled it: then they do not change. */
    dueAuthorIds: ids('due_author_ids'),
    dueTopicIds: ids('due_topic_ids'),
  },
  (table) => [
    foreignKey({
      name: 'stories_live_revision',
      columns: [table.liveRevisionId, table.id],
      foreignColumns: [revisions.id, revisions.storyId] as [AnyPgColumn, AnyPgColumn],
    }),
    foreignKey({
      name: 'stories_due_revision',
      columns: [table.dueRevisionId, table.id],
      foreignColumns: [revisions.id, revisions.storyId] as [AnyPgColumn, AnyPgColumn],
    }),
    index('stories_latest')
      .on(table.liveAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.liveAt} is not null and ${table.withdrawnAt} is null`),
    index('stories_in_section')
      .on(table.sectionId, table.liveAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.liveAt} is not null and ${table.withdrawnAt} is null`),
    index('stories_untold')
      .on(table.liveAt)
      .where(sql`${table.liveAt} is not null and ${table.recordedLiveAt} is distinct from ${table.liveAt}`),
    index('stories_due')
      .on(table.dueAt)
      .where(sql`${table.dueAt} is not null`),
    index('stories_unpublish')
      .on(table.unpublishAt)
      .where(sql`${table.unpublishAt} is not null`),
    index('stories_embargo')
      .on(table.embargoUntil)
      .where(sql`${table.embargoUntil} is not null`),
    // The default lead is the newest story with a body, and thousands of newer headlines may precede it.
    index('stories_latest_with_body')
      .on(table.liveAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.liveAt} is not null and ${table.withdrawnAt} is null and ${table.liveHasBody}`),
    // For the short lists of the desk: few stories among many.
    index('stories_never_live')
      .on(table.id)
      .where(sql`${table.liveAt} is null`),
    index('stories_withdrawn')
      .on(table.id)
      .where(sql`${table.withdrawnAt} is not null`),
    index('stories_live_words').using('gin', table.liveSearchVector),
    index('stories_owner').on(table.ownerId),
    uniqueIndex('stories_idempotency_key')
      .on(table.idempotencyKey)
      .where(sql`${table.idempotencyKey} is not null`),
    uniqueIndex('stories_begun_as')
      .on(table.formerBegunAs)
      .where(sql`${table.formerBegunAs} is not null`),
    check(
      'stories_live_is_whole',
      sql`num_nonnulls(${table.liveRevisionId}, ${table.liveAt}, ${table.sectionId}, ${table.slug}) in (0, 4)`,
    ),
    check(
      'stories_updated_was_live',
      sql`num_nonnulls(${table.updatedForReadersAt}, ${table.retractedAt}) = 0 or ${table.liveAt} is not null`,
    ),
    check('stories_withdrawn_was_live', sql`${table.withdrawnAt} is null or ${table.liveAt} is not null`),
    check(
      'stories_withdrawn_with_reason',
      sql`(${table.withdrawnAt} is null) = (${table.withdrawnReason} is null) and (${table.withdrawnReason} is null or btrim(${table.withdrawnReason}) <> '')`,
    ),
    check(
      'stories_due_is_whole',
      sql`num_nonnulls(${table.dueRevisionId}, ${table.dueAt}, ${table.dueSectionId}, ${table.dueSlug}, ${table.dueSearchVector}, ${table.dueHasBody}) in (0, 6)`,
    ),
    check(
      'stories_due_after_live',
      sql`${table.dueAt} is null or (${table.liveAt} is not null and ${table.dueAt} > ${table.liveAt} and ${table.withdrawnAt} is null)`,
    ),
    check(
      'stories_unpublish_after_live',
      sql`${table.unpublishAt} is null or (${table.liveAt} is not null and ${table.unpublishAt} > ${table.liveAt} and ${table.withdrawnAt} is null)`,
    ),
    check(
      'stories_unpublish_with_reason',
      sql`(${table.unpublishAt} is null) = (${table.unpublishReason} is null) and (${table.unpublishReason} is null or btrim(${table.unpublishReason}) <> '')`,
    ),
    check(
      'stories_due_before_unpublish',
      sql`${table.dueAt} is null or ${table.unpublishAt} is null or ${table.dueAt} < ${table.unpublishAt}`,
    ),
    check(
      'stories_embargo_with_note',
      sql`(${table.embargoUntil} is null) = (${table.embargoNote} is null) and (${table.embargoNote} is null or btrim(${table.embargoNote}) <> '')`,
    ),
    check(
      'stories_due_names_are_due',
      sql`num_nonnulls(${table.dueAuthorIds}, ${table.dueTopicIds}) = 0 or ${table.dueAt} is not null`,
    ),
    check(
      'stories_due_after_embargo',
      sql`${table.dueAt} is null or ${table.embargoUntil} is null or ${table.dueAt} >= ${table.embargoUntil}`,
    ),
    check('stories_due_slug_is_a_slug', isSlug(table.dueSlug)),
    check('stories_slug_is_a_slug', isSlug(table.slug)),
  ],
)

/** An immutable copy of a story (a trigger refuses update and delete). */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    storyId: reference('story_id', (): AnyPgColumn => stories.id).notNull(),
    number: integer().notNull(),
    ...copy(),
    hasBody: boolean('has_body')
      .notNull()
      .generatedAlwaysAs((): SQL => sql`body is not null`),
    /** Set when it was published with a correction. What readers are shown is the column of the story: another revision must not reset it. */
    updatedForReadersAt: moment('updated_for_readers_at'),
    keptAt: moment('kept_at').notNull().defaultNow(),
    keptById: reference('kept_by_id', () => users.id),
    keptByName: text('kept_by_name').notNull(),
    /** Null in rows that are older than this column. */
    keptBecause: text('kept_because', { enum: revisionReasons }),
  },
  (table) => [
    uniqueIndex('revisions_number').on(table.storyId, table.number),
    unique('revisions_of_story').on(table.id, table.storyId),
    check('revisions_kept_because', isOneOf(table.keptBecause, revisionReasons)),
  ],
)
