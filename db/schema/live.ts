import { getTableColumns, sql } from 'drizzle-orm'
import { boolean, integer, jsonb, pgView, text } from 'drizzle-orm/pg-core'
import { correctionKinds } from '@/domain/correction/correction'
import type { Body } from '@/domain/body/body'
import type { Told } from '@/domain/picture/as-it-came'
import { livePlaces, type PictureUse } from '@/domain/picture/use'
import { pickText, textFields } from '@/domain/copy/copy-fields'
import { moment, rowId, tsvector } from './column'
import { copy } from './copy'
import { columnsForReaders, isUsableAt, pictures } from './picture'

/**
 * Stories that are live at this moment, with their live revision or the one that is due by now. Reader code selects stories from nothing else: a
 * draft cannot leak through a missing `where`, and scheduled changes and embargoes are on time even if no clock runs. Revision and section exist
 * because of foreign keys; with a left join Postgres skips them when no column of theirs is selected.
 *
 * Until the clock has applied changes that are due, the indexes have the story’s former section, body and search vector. A query that needs these
 * indexes uses the `stored…` columns for the rows that are not overdue, and reads the few overdue ones beside them.
 */
export const liveStories = pgView('live_stories', {
  id: rowId('id').notNull(),
  sectionId: rowId('section_id').notNull(),
  sectionSlug: text('section_slug').notNull(),
  sectionName: text('section_name').notNull(),
  slug: text().notNull(),
  ...pickText(copy()),
  hasBody: boolean('has_body').notNull(),
  body: jsonb().$type<Body>(),
  liveAt: moment('live_at').notNull(),
  updatedAt: moment('updated_at'),
  searchVector: tsvector('words'),
  dueAt: moment('due_at'),
  storedSectionId: rowId('kept_section_id').notNull(),
  storedHasBody: boolean('kept_has_body').notNull(),
  storedSearchVector: tsvector('kept_words'),
  retracted: boolean('retracted').notNull(),
  authorIds: rowId('author_ids').array().notNull(),
  topicIds: rowId('topic_ids').array().notNull(),
  unpublishAt: moment('unpublish_at'),
  revisionId: rowId('revision_id').notNull(),
  picture: jsonb().$type<PictureUse>(),
}).as(sql`
  select stories.id,
    case when stories.due_at <= now() then stories.due_section_id else stories.section_id end as section_id,
    sections.slug as section_slug, sections.name as section_name,
    case when stories.due_at <= now() then stories.due_slug else stories.slug end as slug,
    ${sql.raw(textFields.map((field) => `revisions.${field}`).join(', '))},
    case when stories.due_at <= now() then stories.due_has_body else stories.live_has_body end as has_body,
    revisions.body, stories.live_at,
    case when stories.updated_for_readers_at > stories.live_at then stories.updated_for_readers_at end as updated_at,
    case when stories.due_at <= now() then stories.due_words else stories.live_words end as words,
    stories.due_at, stories.section_id as kept_section_id,
    stories.live_has_body as kept_has_body, stories.live_words as kept_words, stories.retracted_at is not null as retracted,
    case when stories.due_at <= now() then coalesce(stories.due_author_ids, stories.live_author_ids) else stories.live_author_ids end as author_ids,
    case when stories.due_at <= now() then coalesce(stories.due_topic_ids, stories.live_topic_ids) else stories.live_topic_ids end as topic_ids,
    stories.unpublish_at, case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end as revision_id,
    revisions.picture
  from stories
  left join revisions on revisions.id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
  left join sections on sections.id = case when stories.due_at <= now() then stories.due_section_id else stories.section_id end
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now())`)

/** Its changes are due and the clock has not applied them yet. */
export const isOverdue = sql`${liveStories.dueAt} <= now()`
export const isNotOverdue = sql`(${liveStories.dueAt} is null or ${liveStories.dueAt} > now())`

/** Corrections of live stories: each note with its newest text, under the id and time of its first version. */
export const liveCorrections = pgView('live_corrections', {
  id: rowId('id').notNull(),
  storyId: rowId('story_id').notNull(),
  kind: text({ enum: correctionKinds }).notNull(),
  words: text().notNull(),
  publishedAt: moment('published_at').notNull(),
}).as(sql`
  select corrections.id, corrections.story_id, coalesce(newest.kind, corrections.kind) as kind, coalesce(newest.words, corrections.words) as words,
    corrections.published_at
  from corrections
  join stories on stories.id = corrections.story_id
  left join lateral (
    select later.kind, later.words from corrections later where later.replaces_id = corrections.id order by later.id desc limit 1
  ) newest on true
  where corrections.replaces_id is null and stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now())`)

/** Stories that were live: their addresses return 410. */
export const withdrawnStories = pgView('withdrawn_stories', {
  id: rowId('id').notNull(),
  withdrawnAt: moment('withdrawn_at').notNull(),
}).as(
  sql`select stories.id, coalesce(stories.withdrawn_at, stories.unpublish_at) as withdrawn_at from stories where (stories.withdrawn_at is not null or stories.unpublish_at <= now()) and stories.live_at <= now()`,
)

const columnNames = (Object.keys(columnsForReaders()) as (keyof ReturnType<typeof columnsForReaders>)[]).map(
  (key) => getTableColumns(pictures)[key].name,
)

/**
 * Pictures that may be used at this moment: one whose lease has ended is missing here in that second. Reader code selects pictures from nothing else.
 * `next_boundary`: when a lease next begins or ends.
 */
export const usablePictures = pgView('usable_pictures', {
  ...columnsForReaders(),
  told: jsonb().$type<Told>().notNull(),
  nextBoundary: moment('next_boundary'),
}).as(sql`
  select ${sql.raw(columnNames.map((name) => `pictures.${name}`).join(', '))},
    pictures.as_it_came -> 'told' as told,
    (select min(boundary.at) from picture_leases lease, lateral (values (lease.from_at), (lease.until_at)) boundary (at)
      where lease.picture_id = pictures.id and lease.ended_at is null and boundary.at > now()) as next_boundary
  from pictures where ${isUsableAt(sql.raw('now()'))}`)

/**
 * Where readers see a picture at this moment, if it may be used: one row for each place. `until_at`: when the story is unpublished.
 */
export const livePictureUses = pgView('live_picture_uses', {
  pictureId: rowId('picture_id').notNull(),
  /** Null: a portrait. */
  storyId: rowId('story_id'),
  /** Null: in a story. */
  authorId: rowId('author_id'),
  place: text({ enum: livePlaces }).notNull(),
  position: integer().notNull(),
  until: moment('until_at'),
}).as(sql`
  select used.picture_id, used.story_id, null::bigint as author_id, used.place, used.position, stories.unpublish_at as until_at
  from story_pictures used join stories on stories.id = used.story_id
  where used.revision_id = case when stories.due_at <= now() then stories.due_revision_id else stories.live_revision_id end
    and stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null
    and (stories.unpublish_at is null or stories.unpublish_at > now())
  union all
  select author_portraits.picture_id, null, author_portraits.author_id, 'portrait', 0, null
  from author_portraits
  where exists (
    select 1 from story_authors join stories on stories.id = story_authors.story_id
    where story_authors.author_id = author_portraits.author_id and stories.live_at is not null and stories.live_at <= now()
      and stories.withdrawn_at is null and (stories.unpublish_at is null or stories.unpublish_at > now()))`)

/**
 * Times at which something changes for readers without an operation: a cached page must not outlive the next one. Of leases, which are of
 * no story and may be many, only the next. `live_at` is
 * the name of `at` in older builds.
 */
export const upcomingMoments = pgView('upcoming_moments', {
  storyId: rowId('story_id'),
  sectionId: rowId('section_id'),
  liveAt: moment('live_at').notNull(),
  at: moment('at').notNull(),
}).as(
  sql`select stories.id as story_id, stories.section_id, stories.live_at, stories.live_at as at from stories where stories.live_at > now() and stories.withdrawn_at is null
  union all select stories.id, stories.due_section_id, stories.due_at, stories.due_at from stories where stories.due_at > now()
  union all select stories.id, stories.section_id, stories.unpublish_at, stories.unpublish_at from stories where stories.unpublish_at > now()
  union all (select null, null, picture_leases.from_at, picture_leases.from_at from picture_leases where picture_leases.from_at > now() and picture_leases.ended_at is null order by picture_leases.from_at limit 1)
  union all (select null, null, picture_leases.until_at, picture_leases.until_at from picture_leases where picture_leases.until_at > now() and picture_leases.ended_at is null order by picture_leases.until_at limit 1)`,
)
