import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** Never chosen by a person and never reused. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const moment = (name: string) => timestamp(name, { withTimezone: true })

/** For full-text search; computed in SQL. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
