import { sql } from 'drizzle-orm'
import { check, index, pgTable, text } from 'drizzle-orm/pg-core'
import { steps } from '@/domain/stage'
import { MAX_NOTE_LENGTH } from '@/domain/workflow/progress'
import { id, isOneOf, moment, reference } from './column'
import { revisions, stories } from './story'
import { users } from './user'

/**
 * The step of a draft and its assignee. A table of its own, because moving a story must not change the draft’s version, and because few of many
 * stories are in progress: one that was never moved has no row.
 */
export const storyProgress = pgTable(
  'story_progress',
  {
    storyId: reference('story_id', () => stories.id).primaryKey(),
    step: text({ enum: steps }).notNull().default('writing'),
    assigneeId: reference('assignee_id', () => users.id),
    /** Sent with the last move, for the newsroom only. */
    note: text(),
    movedAt: moment('moved_at'),
    movedById: reference('moved_by_id', () => users.id),
    movedByName: text('moved_by_name'),
  },
  (table) => [
    index('story_progress_assignee')
      .on(table.assigneeId)
      .where(sql`${table.assigneeId} is not null`),
    index('story_progress_on_its_way')
      .on(table.step, table.storyId)
      .where(sql`${table.step} <> 'writing'`),
    check('story_progress_step_is_known', isOneOf(table.step, steps)),
    check('story_progress_moved_by_somebody', sql`(${table.movedAt} is null) = (${table.movedByName} is null)`),
    check('story_progress_step_was_a_move', sql`${table.step} = 'writing' or ${table.movedAt} is not null`),
    check(
      'story_progress_note_says_something',
      sql`${table.note} is null or (${table.movedAt} is not null and btrim(${table.note}) <> '' and length(${table.note}) <= ${sql.raw(String(MAX_NOTE_LENGTH))})`,
    ),
  ],
)

/** Publications without an editor, for an editor to review afterwards. Never deleted (a trigger refuses it). */
export const publicationsAlone = pgTable(
  'publications_alone',
  {
    id: id(),
    storyId: reference('story_id', () => stories.id).notNull(),
    revisionId: reference('revision_id', () => revisions.id).notNull(),
    publishedAt: moment('published_at').notNull(),
    publishedById: reference('published_by_id', () => users.id),
    publishedByName: text('published_by_name').notNull(),
    reason: text().notNull(),
    seenAt: moment('seen_at'),
    seenById: reference('seen_by_id', () => users.id),
    seenByName: text('seen_by_name'),
  },
  (table) => [
    index('publications_alone_unseen')
      .on(table.id.desc().nullsFirst())
      .where(sql`${table.seenAt} is null`),
    check('publications_alone_with_reason', sql`btrim(${table.reason}) <> ''`),
    check('publications_alone_seen_by_somebody', sql`(${table.seenAt} is null) = (${table.seenByName} is null)`),
  ],
)
