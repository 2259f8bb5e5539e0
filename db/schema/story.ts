import { sql, type SQL } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
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
import { id, moment, tsvector } from './column'
import { copy } from './copy'
import { sections } from './section'
import { users } from './user'

const ids = (name: string) => bigint(name, { mode: 'number' }).array()
const emptyArray = sql`'{}'`

/**
 * A story's id for life and the pointer to what readers see. The words are in `drafts` (being written) and `revisions` (kept).
 * Section and slug here are those of the live address; a draft may already have others.
 */
export const stories = pgTable(
  'stories',
  {
    id: id(),
    /** The reporter whose story it is; null for the seed's. */
    ownerId: bigint('owner_id', { mode: 'number' }).references(() => users.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** A digest of the form that began it: sent twice, it begins one story. Null: begun by no form. */
    idempotencyKey: text('idempotency_key'),
    /** What the build before this one calls `idempotency_key`; a trigger keeps both equal. The next migration drops it. */
    formerBegunAs: text('begun_as'),
    liveRevisionId: bigint('live_revision_id', { mode: 'number' }),
    /** Readers see the live revision from this moment on; in the future: scheduled. */
    liveAt: moment('live_at'),
    /** The `live_at` of which history has told that it came; another `live_at` in the past is still to be told. */
    recordedLiveAt: moment('told_live_at'),
    sectionId: bigint('section_id', { mode: 'number' }).references(() => sections.id),
    slug: text(),
    withdrawnAt: moment('withdrawn_at'),
    withdrawnReason: text('withdrawn_reason'),
    /** What readers see of a live story from `due_at` on, in place of the live revision: the view answers with it, and the clock moves the pointer after. */
    dueRevisionId: bigint('due_revision_id', { mode: 'number' }),
    dueAt: moment('due_at'),
    dueSectionId: bigint('due_section_id', { mode: 'number' }).references(() => sections.id),
    dueSlug: text('due_slug'),
    dueWords: tsvector('due_words'),
    dueHasBody: boolean('due_has_body'),
    /** The version of the draft that is due: a draft that still is at it waits for nobody. Null also where a version of ours that did not keep it scheduled the changes. */
    dueDraftVersion: integer('due_draft_version'),
    /** From then on it is withdrawn, for this reason: by the view first, and by the clock after. */
    unpublishAt: moment('unpublish_at'),
    unpublishReason: text('unpublish_reason'),
    /** Readers may see nothing new of it before; a trigger holds it. */
    embargoUntil: moment('embargo_until'),
    /** Whose embargo, and why. */
    embargoNote: text('embargo_note'),
    /** The words of the live revision, for readers' search: headline (A), kicker and standfirst (B), body (D). Written when the pointer moves. */
    liveWords: tsvector('live_words'),
    /** When readers were last told something new: an editor corrected the story. Publishing changes leaves it. */
    updatedForReadersAt: moment('updated_for_readers_at'),
    /** Since when a note says that the story should never have stood there; it stays, and says so. */
    retractedAt: moment('retracted_at'),
    /** Whether the live revision has a body. Written when the pointer moves, so that an index can skip the headlines. */
    liveHasBody: boolean('live_has_body').notNull().default(false),
    /** The authors and topics of the live revision, by their ids and in its order; those of one that was merged into another lead to that. */
    liveAuthorIds: ids('live_author_ids').notNull().default(emptyArray),
    liveTopicIds: ids('live_topic_ids').notNull().default(emptyArray),
    /** Those of what is due. Null also where a version of ours that knew none scheduled it: then they stay as they are. */
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
    // The story that leads by itself is the newest with a body, and thousands of newer headlines may stand above it.
    index('stories_latest_with_body')
      .on(table.liveAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`${table.liveAt} is not null and ${table.withdrawnAt} is null and ${table.liveHasBody}`),
    // The desk's short lists: few stories among many, which a walk through all would find last.
    index('stories_never_live')
      .on(table.id)
      .where(sql`${table.liveAt} is null`),
    index('stories_withdrawn')
      .on(table.id)
      .where(sql`${table.withdrawnAt} is not null`),
    index('stories_live_words').using('gin', table.liveWords),
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
      sql`num_nonnulls(${table.dueRevisionId}, ${table.dueAt}, ${table.dueSectionId}, ${table.dueSlug}, ${table.dueWords}, ${table.dueHasBody}) in (0, 6)`,
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
    check(
      'stories_due_slug_is_a_slug',
      sql`${table.dueSlug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.dueSlug}) <= 80`,
    ),
    check('stories_slug_is_a_slug', sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.slug}) <= 80`),
  ],
)

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
