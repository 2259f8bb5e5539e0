import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { id, moment } from './column'
import { stories } from './story'

/** Authors or topics: each has a name and an address. One that was merged into another has no address of its own any more, and stays for the sake of its id. */
export const namedTable = (title: string) => {
  const named = pgTable(
    title,
    {
      id: id(),
      slug: text(),
      name: text().notNull(),
      /** Always one that is not merged itself: there is nothing to follow from one to the next. */
      mergedIntoId: bigint('merged_into_id', { mode: 'number' }).references((): AnyPgColumn => named.id),
    },
    (table) => [
      uniqueIndex(`${title}_slug`).on(table.slug),
      index(`${title}_by_name`).on(table.name, table.id),
      index(`${title}_merged`)
        .on(table.mergedIntoId)
        .where(sql`${table.mergedIntoId} is not null`),
      check(`${title}_merged_or_at_an_address`, sql`num_nonnulls(${table.slug}, ${table.mergedIntoId}) = 1`),
      check(`${title}_slug_is_a_slug`, sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.slug}) <= 80`),
      check(`${title}_name_is_given`, sql`length(btrim(${table.name})) between 1 and 100`),
    ],
  )
  return named
}

type NamedTable = ReturnType<typeof namedTable>

/** Every spelling under which somebody or something is known, folded (`keyOf`): those it had before, and those of others that were merged into it. */
export const spellingsTable = (title: string, named: NamedTable) =>
  pgTable(
    title,
    {
      key: text().primaryKey(),
      namedId: bigint('named_id', { mode: 'number' })
        .notNull()
        .references(() => named.id),
    },
    (table) => [
      index(`${title}_of_one`).on(table.namedId),
      check(`${title}_key_is_given`, sql`length(${table.key}) between 1 and 500`),
    ],
  )

/** Addresses that led to it before, and lead to it still: a published address never dies. */
export const formerAddressesTable = (title: string, named: NamedTable) =>
  pgTable(
    title,
    {
      slug: text().primaryKey(),
      namedId: bigint('named_id', { mode: 'number' })
        .notNull()
        .references(() => named.id),
      leftAt: moment('left_at').notNull(),
    },
    (table) => [
      index(`${title}_of_one`).on(table.namedId),
      check(`${title}_slug_is_a_slug`, sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.slug}) <= 80`),
    ],
  )

/**
 * Under whom or what readers find a published story, in its order. Written by a trigger whenever the story's ids of them or its `live_at` are, so that
 * a list has an index.
 */
export const namedStoriesTable = (title: string, column: string, named: NamedTable) =>
  pgTable(
    title,
    {
      storyId: bigint('story_id', { mode: 'number' })
        .notNull()
        .references(() => stories.id),
      namedId: bigint(column, { mode: 'number' })
        .notNull()
        .references(() => named.id),
      position: integer().notNull(),
      liveAt: moment('live_at').notNull().defaultNow(),
    },
    (table) => [
      primaryKey({ columns: [table.storyId, table.namedId] }),
      index(`${title}_list`).on(table.namedId, table.liveAt.desc().nullsFirst(), table.storyId.desc().nullsFirst()),
    ],
  )
