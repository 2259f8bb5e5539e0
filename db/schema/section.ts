import { sql } from 'drizzle-orm'
import { check, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id } from './column'

export const sections = pgTable(
  'sections',
  {
    id: id(),
    slug: text().notNull(),
    name: text().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    uniqueIndex('sections_slug').on(table.slug),
    check(
      'sections_slug_is_a_slug',
      sql`${table.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${table.slug}) <= 80 and ${table.slug} !~ '^[0-9]{4}$'`,
    ),
    check('sections_name_is_given', sql`length(btrim(${table.name})) between 1 and 60`),
  ],
)
