import { sql } from 'drizzle-orm'
import { check, foreignKey, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { agentFamilies } from '@/domain/preview/preview'
import { id, isOneOf, moment, reference, rowId } from './column'
import { revisions, stories } from './story'
import { users } from './user'

/** Links to read one unpublished story without a login. Only the hash of the token is stored. */
export const previewLinks = pgTable(
  'preview_links',
  {
    id: id(),
    storyId: reference('story_id', () => stories.id).notNull(),
    tokenHash: text('token_hash').notNull(),
    /** Who receives it. */
    label: text().notNull(),
    /** Null: always the current draft. */
    revisionId: rowId('revision_id'),
    createdAt: moment('created_at').notNull(),
    createdById: reference('created_by_id', () => users.id),
    createdByName: text('created_by_name').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('preview_links_token').on(table.tokenHash),
    index('preview_links_of_story').on(table.storyId, table.id.desc().nullsFirst()),
    foreignKey({
      name: 'preview_links_revision',
      columns: [table.revisionId, table.storyId],
      foreignColumns: [revisions.id, revisions.storyId],
    }),
    check('preview_links_are_for_somebody', sql`length(btrim(${table.label})) between 1 and 120`),
    check(
      'preview_links_expire',
      sql`${table.expiresAt} > ${table.createdAt} and ${table.expiresAt} <= ${table.createdAt} + interval '31 days'`,
    ),
  ],
)

/** When a link was opened and by which family of browser: to the minute, without address or name. */
export const previewOpenings = pgTable(
  'preview_openings',
  {
    id: id(),
    linkId: reference('link_id', () => previewLinks.id).notNull(),
    openedAt: moment('opened_at').notNull(),
    agent: text({ enum: agentFamilies }).notNull(),
  },
  (table) => [
    uniqueIndex('preview_openings_of_link').on(table.linkId, table.openedAt.desc().nullsFirst(), table.agent),
    check('preview_openings_to_the_minute', sql`date_trunc('minute', ${table.openedAt}, 'UTC') = ${table.openedAt}`),
    check('preview_openings_agent_is_known', isOneOf(table.agent, agentFamilies)),
  ],
)
