import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'

/** For each table its number of rows, and the newest transaction that wrote one. */
export type DbFingerprint = Record<string, string>

const entries = z.array(z.object({ name: z.string(), entry: z.string() }))
const names = z.array(z.object({ name: z.string() }))

/** Indexes of what other tables have, written by the clock of a server at any time. */
const derivedTables = sql`array['story_search', 'draft_search', 'search_pending', 'search_backfill']`

/** Built once: the tables stay the same while a server runs. */
let query: SQL | null = null

/** Writing a row, even with the same values, or deleting one changes the fingerprint. */
export async function readFingerprint(): Promise<DbFingerprint> {
  query ??= await queryOfAllTables()
  const rows = entries.parse(await database().execute(query))
  return Object.fromEntries(rows.map(({ name, entry }) => [name, entry]))
}

/** The tables that have changed. */
export async function changedTables(before: DbFingerprint): Promise<string[]> {
  const now = await readFingerprint()
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name])
}

async function queryOfAllTables(): Promise<SQL> {
  const tables = names.parse(
    await database().execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all (${derivedTables})`,
    ),
  )
  const each = tables.map(
    ({ name }) => sql`select ${name}::text as name, ${entryOf(name)} as entry from ${sql.identifier(name)} t`,
  )
  return sql.join(each, sql` union all `)
}

function entryOf(table: string) {
  // Reading a page updates `last_seen_at` and nothing else.
  const withoutLastSeen = sql`(to_jsonb(t) - 'last_seen_at')::text`
  return table === 'sessions'
    ? sql`coalesce(string_agg(${withoutLastSeen}, '|' order by t.id), '')`
    : sql`count(*) || ' rows, the last by ' || coalesce(max(t.xmin::text::bigint), 0)`
}
