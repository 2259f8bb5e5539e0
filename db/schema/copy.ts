import { sql } from 'drizzle-orm'
import { bigint, jsonb, text } from 'drizzle-orm/pg-core'
import type { Body } from '@/domain/body/body'
import { sections } from './section'

const emptyArray = sql`'{}'`

/** The words of a story, in a draft and in a revision alike. */
export const copy = () => ({
  headline: text().notNull(),
  kicker: text(),
  standfirst: text(),
  dateline: text(),
  sectionId: bigint('section_id', { mode: 'number' }).references(() => sections.id),
  slug: text().notNull(),
  /** Null: a headline whose body is not written yet. */
  body: jsonb().$type<Body>(),
  /** Names as they were written, in their order; who or what they mean is settled when readers are to see them. */
  authors: text().array().notNull().default(emptyArray),
  topics: text().array().notNull().default(emptyArray),
})
