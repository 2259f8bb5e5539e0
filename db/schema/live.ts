import { sql } from 'drizzle-orm'
import { bigint, boolean, jsonb, pgView, text } from 'drizzle-orm/pg-core'
import { correctionKinds } from '@/domain/correction/correction'
import type { Body } from '@/domain/story/body'
import { moment, searchable } from './column'

const number = (name: string) => bigint(name, { mode: 'number' })

/**
 * All that reader code may select from: what is live at this moment, through the pointer to its live revision.
 * A draft cannot leak by forgetting a `where`, and an embargo lifts on the second with every clock job dead.
 * The foreign keys hold that revision and section are there; joined from the left, Postgres leaves out the one that nobody asks for.
 */
export const liveStories = pgView('live_stories', {
  id: number('id').notNull(),
  sectionId: number('section_id').notNull(),
  sectionSlug: text('section_slug').notNull(),
  sectionName: text('section_name').notNull(),
  slug: text().notNull(),
  headline: text().notNull(),
  kicker: text(),
  standfirst: text(),
  dateline: text(),
  hasBody: boolean('has_body').notNull(),
  body: jsonb().$type<Body>(),
  liveAt: moment('live_at').notNull(),
  updatedAt: moment('updated_at'),
  words: searchable(),
  retracted: boolean('retracted').notNull(),
}).as(sql`
  select stories.id, stories.section_id, sections.slug as section_slug, sections.name as section_name, stories.slug,
    revisions.headline, revisions.kicker, revisions.standfirst, revisions.dateline, stories.live_has_body as has_body, revisions.body,
    stories.live_at, case when stories.updated_for_readers_at > stories.live_at then stories.updated_for_readers_at end as updated_at,
    stories.live_words as words, stories.retracted_at is not null as retracted
  from stories
  left join revisions on revisions.id = stories.live_revision_id
  left join sections on sections.id = stories.section_id
  where stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null`)

/** What readers were told of live stories afterwards: each note with its newest words, under the id and the time of its first. */
export const liveCorrections = pgView('live_corrections', {
  id: number('id').notNull(),
  storyId: number('story_id').notNull(),
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
  where corrections.replaces_id is null and stories.live_at is not null and stories.live_at <= now() and stories.withdrawn_at is null`)

/** What was live and is gone: the reader is told so (410) and nothing more. */
export const withdrawnStories = pgView('withdrawn_stories', {
  id: number('id').notNull(),
  withdrawnAt: moment('withdrawn_at').notNull(),
}).as(
  sql`select stories.id, stories.withdrawn_at from stories where stories.withdrawn_at is not null and stories.live_at <= now()`,
)

/** The moments at which something goes live by itself: until the first of them a list of stories may be remembered. */
export const upcomingMoments = pgView('upcoming_moments', {
  storyId: number('story_id').notNull(),
  sectionId: number('section_id').notNull(),
  liveAt: moment('live_at').notNull(),
}).as(
  sql`select stories.id as story_id, stories.section_id, stories.live_at from stories where stories.live_at > now() and stories.withdrawn_at is null`,
)
