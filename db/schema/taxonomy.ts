import { sql } from 'drizzle-orm'
import { type AnyPgColumn, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, isSlug, moment, reference } from './column'
import { stories } from './story'

/** Authors or topics. One that was merged into another has no slug any more; its row stays because ids refer to it. */
const namedTable = (title: string) => {
  const named = pgTable(
    title,
    {
      id: id(),
      slug: text(),
      name: text().notNull(),
      /** Never one that is merged itself, so that there is no chain to follow. */
      mergedIntoId: reference('merged_into_id', (): AnyPgColumn => named.id),
    },
    (table) => [
      uniqueIndex(`${title}_slug`).on(table.slug),
      index(`${title}_by_name`).on(table.name, table.id),
      index(`${title}_merged`)
        .on(table.mergedIntoId)
        .where(sql`${table.mergedIntoId} is not null`),
      check(`${title}_merged_or_at_an_address`, sql`num_nonnulls(${table.slug}, ${table.mergedIntoId}) = 1`),
      check(`${title}_slug_is_a_slug`, isSlug(table.slug)),
      check(`${title}_name_is_given`, sql`length(btrim(${table.name})) between 1 and 100`),
    ],
  )
  return named
}

type NamedTable = ReturnType<typeof namedTable>

/** Every spelling of a name by its key (`nameKey`), also former ones and those of names that were merged into it. */
const spellingsTable = (title: string, named: NamedTable) =>
  pgTable(
    title,
    {
      key: text().primaryKey(),
      namedId: reference('named_id', () => named.id).notNull(),
    },
    (table) => [
      index(`${title}_of_one`).on(table.namedId),
      check(`${title}_key_is_given`, sql`length(${table.key}) between 1 and 500`),
    ],
  )

/** Former addresses, which redirect. */
const formerAddressesTable = (title: string, named: NamedTable) =>
  pgTable(
    title,
    {
      slug: text().primaryKey(),
      namedId: reference('named_id', () => named.id).notNull(),
      leftAt: moment('left_at').notNull(),
    },
    (table) => [index(`${title}_of_one`).on(table.namedId), check(`${title}_slug_is_a_slug`, isSlug(table.slug))],
  )

/** The published stories of an author or topic. Maintained by a trigger when the story’s ids of them or its `live_at` change, so that lists have an index. */
const namedStoriesTable = (title: string, column: string, named: NamedTable) =>
  pgTable(
    title,
    {
      storyId: reference('story_id', () => stories.id).notNull(),
      namedId: reference(column, () => named.id).notNull(),
      position: integer().notNull(),
      liveAt: moment('live_at').notNull().defaultNow(),
    },
    (table) => [
      primaryKey({ columns: [table.storyId, table.namedId] }),
      index(`${title}_list`).on(table.namedId, table.liveAt.desc().nullsFirst(), table.storyId.desc().nullsFirst()),
    ],
  )

/** Who wrote it. An author is not a login: agencies, guests and the long retired have none. */
export const authors = namedTable('authors')
export const authorSpellings = spellingsTable('author_spellings', authors)
export const formerAuthorAddresses = formerAddressesTable('former_author_addresses', authors)
export const storyAuthors = namedStoriesTable('story_authors', 'author_id', authors)

/** What a story is about, beside its section. */
export const topics = namedTable('topics')
export const topicSpellings = spellingsTable('topic_spellings', topics)
export const formerTopicAddresses = formerAddressesTable('former_topic_addresses', topics)
export const storyTopics = namedStoriesTable('story_topics', 'topic_id', topics)
