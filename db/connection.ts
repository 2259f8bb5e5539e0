import postgres, { type Options, type Sql } from 'postgres'

/**
 * A connection to Postgres, or several: whatever of ours speaks to it begins here. One, unless `max` says otherwise.
 * The package's own question for the types of arrays is not asked: where a connection is lost while that is under way, nobody catches the failure,
 * and the process ends. We read no arrays.
 */
export function connect(url: string, options: Options<Record<string, never>> = {}): Sql {
  return postgres(url, { max: 1, fetch_types: false, onnotice: () => undefined, ...options })
}
