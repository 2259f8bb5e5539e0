import { sql } from 'drizzle-orm'
import { jsonb, text } from 'drizzle-orm/pg-core'
import type { Body } from '@/domain/body/body'
import type { PictureUse } from '@/domain/picture/use'
import { mapFields } from '@/domain/copy/copy-fields'
import { reference } from './column'
import { sections } from './section'

const none = sql`'{}'`

/** The columns of a story's copy, in a draft and in a revision alike. */
export const copy = () =>
  mapFields({
    headline: () => text().notNull(),
    line: () => text(),
    text: () => text(),
    section: () => reference('section_id', () => sections.id),
    slug: () => text().notNull(),
    /** Which authors and topics they mean is resolved at publication. */
    names: () => text().array().notNull().default(none),
    picture: () => jsonb().$type<PictureUse>(),
    /** Null: a headline whose body is not written yet. */
    body: () => jsonb().$type<Body>(),
  })
