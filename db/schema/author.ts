import { bigint, index, integer, pgTable, primaryKey } from 'drizzle-orm/pg-core'
import { moment } from './column'
import { formerAddressesTable, namedTable, spellingsTable } from './named'
import { stories } from './story'

/** Who wrote it. An author is not a login: agencies, guests and the long retired have none. */
export const authors = namedTable('authors')
export const authorSpellings = spellingsTable('author_spellings', authors)
export const formerAuthorAddresses = formerAddressesTable('former_author_addresses', authors)

/** Under which authors readers find a published story, in its order. Written by a trigger whenever `stories.live_author_ids` or `live_at` is, so that a list has an index. */
export const storyAuthors = pgTable(
  'story_authors',
  {
    storyId: bigint('story_id', { mode: 'number' })
      .notNull()
      .references(() => stories.id),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => authors.id),
    position: integer().notNull(),
    liveAt: moment('live_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.storyId, table.authorId] }),
    index('story_authors_list').on(table.authorId, table.liveAt.desc().nullsFirst(), table.storyId.desc().nullsFirst()),
  ],
)
