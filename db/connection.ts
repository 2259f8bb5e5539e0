import postgres, { type Options, type Sql } from 'postgres'

/**
 * Connects to Postgres; every connection of the repository is made here. One, unless `max` is given.
 * `fetch_types` is off: when a connection is lost during that query, postgres.js leaves a rejection unhandled, which ends the process. The types are
 * needed for arrays only, which drizzle parses itself.
 */
export function connect(url: string, options: Options<Record<string, never>> = {}): Sql {
  return postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined, ...options })
}
