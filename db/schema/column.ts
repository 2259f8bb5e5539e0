import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** An id for life: never typed by anybody, never used again. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

/** A moment in time, with its zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Words as Postgres' full text search keeps them; written by the database itself, read by its index. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** Bytes as they are. */
export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })
