import { sql, type SQLWrapper } from 'drizzle-orm'
import { type AnyPgColumn, bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** The id of a row. */
export const rowId = (name: string) => bigint(name, { mode: 'number' })

/** The id of a row of another table. */
export const reference = (name: string, column: () => AnyPgColumn) => rowId(name).references(column)

/** Never chosen by a person and never reused. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const moment = (name: string) => timestamp(name, { withTimezone: true })

/** For full-text search; computed in SQL. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

export const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** For a check: the first part of an address. */
export const isSlug = (column: SQLWrapper) => sql`${column} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(${column}) <= 80`

/** For a check. */
export const isOneOf = (column: SQLWrapper, values: readonly string[]) =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`
