import { sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import { database } from '@/db/client'

/** Every table of the newsroom, how many rows it has and which transaction last wrote one. */
export type DbFingerprint = Record<string, string>

const entries = z.array(z.object({ name: z.string(), entry: z.string() }))
const names = z.array(z.object({ name: z.string() }))

/** How the ledger is read: the tables stay the same as long as a newspaper runs. */
let question: SQL | null = null

/** Reads the ledger. Writing a row, even with the same words, or taking one away makes another entry of it. */
export async function readFingerprint(): Promise<DbFingerprint> {
  question ??= await entriesOfAll()
  const rows = entries.parse(await database().execute(question))
  return Object.fromEntries(rows.map(({ name, entry }) => [name, entry]))
}

/** The names of the tables in which anything is otherwise than it was. */
export async function changedTables(before: DbFingerprint): Promise<string[]> {
  const now = await readFingerprint()
  return Object.keys({ ...before, ...now }).filter((name) => before[name] !== now[name])
}

async function entriesOfAll(): Promise<SQL> {
  const tables = names.parse(
    await database().execute(
      sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    ),
  )
  const each = tables.map(
    ({ name }) => sql`select ${name}::text as name, ${entryOf(name)} as entry from ${sql.identifier(name)} t`,
  )
  return sql.join(each, sql` union all `)
}

function entryOf(table: string) {
  // When somebody was last seen is written by reading too, and is all that may be.
  const seenAside = sql`(to_jsonb(t) - 'last_seen_at')::text`
  return table === 'sessions'
    ? sql`coalesce(string_agg(${seenAside}, '|' order by t.id), '')`
    : sql`count(*) || ' rows, the last by ' || coalesce(max(t.xmin::text::bigint), 0)`
}
