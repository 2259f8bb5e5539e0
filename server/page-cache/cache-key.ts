import { patternOf, readerPaths, type QueryParam } from '@/lib/addresses'
import { decodedOrNull, type Address } from '../http/address'

/** As long as reading/search.ts reads it. Characters. */
const MAX_SEARCH_LENGTH = 200

const CURSOR = /^[\w-]{1,60}$/u

/** What a page can make of a parameter's value; null: it is as if the parameter were absent. */
const normalize: Record<QueryParam, (value: string) => string | null> = {
  before: (cursor) => (CURSOR.test(cursor) ? cursor : null),
  q: (text) => text.trim().slice(0, MAX_SEARCH_LENGTH) || null,
}

const params = ({ path }: { path: string }) => path.split(':').length

/** Those with fewer parameters first: `/search` is not a section. */
const addresses = readerPaths
  .map(({ path, query = [] }) => ({ path, pattern: patternOf(path), query }))
  .sort((one, other) => params(one) - params(other))

/**
 * The key of a reader page, which is also the address that is rendered: the path, with the query parameters that the page reads (lib/addresses.ts).
 * Null where one of those is malformed.
 */
export function cacheKey({ path, query }: Address): string | null {
  if (query === '') return path
  const pairs: string[] = []
  for (const name of addresses.find(({ pattern }) => pattern.test(path))?.query ?? []) {
    const raw = firstValue(query, name)
    if (raw === null) continue
    const decoded = decodedOrNull(raw.replaceAll('+', ' '))
    if (decoded === null || decoded.includes('\u0000')) return null
    const value = normalize[name](decoded)
    if (value !== null) pairs.push(`${name}=${encodeURIComponent(value)}`)
  }
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

function firstValue(query: string, name: string): string | null {
  const pair = query.split('&').find((part) => part.startsWith(`${name}=`))
  return pair === undefined ? null : pair.slice(name.length + 1)
}
