import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, isSlug, moment, reference } from './column'

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
    check('sections_slug_is_a_slug', sql`${isSlug(table.slug)} and ${table.slug} !~ '^[0-9]{4}$'`),
    check('sections_name_is_given', sql`length(btrim(${table.name})) between 1 and 60`),
  ],
)

/** Former addresses of sections, which redirect. An address that a section has today is not among them. */
export const formerSectionAddresses = pgTable(
  'former_section_addresses',
  {
    slug: text().primaryKey(),
    sectionId: reference('section_id', () => sections.id).notNull(),
    leftAt: moment('left_at').notNull(),
  },
  (table) => [
    index('former_addresses_of_section').on(table.sectionId),
    check('former_section_addresses_slug_is_a_slug', isSlug(table.slug)),
  ],
)
