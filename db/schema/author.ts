import { bigint, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id } from './column'
import { stories } from './story'

/** Who wrote it. An author is not a login: agencies, guests and the long retired have none. */
export const authors = pgTable('authors', { id: id(), slug: text().notNull(), name: text().notNull() }, (table) => [
  uniqueIndex('authors_slug').on(table.slug),
])

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
  },
  (table) => [primaryKey({ columns: [table.storyId, table.authorId] })],
)
