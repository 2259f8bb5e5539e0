import { decodedOrNull, type Address } from '../http/address'

/** The longest question to search; reading/ cuts there as well. Characters. */
const MAX_SEARCH_LENGTH = 200

/** A place in a list, as the lists write it. */
const CURSOR = /^[\w-]{1,60}$/u

/** The questions an address may ask, in the order in which they stand in its key. Everything else is dropped before anybody renders. */
const queryParams: { path: RegExp; params: { name: string; read: (value: string) => string | null }[] }[] = [
  { path: /^\/search$/u, params: [{ name: 'q', read: (value) => value.trim().slice(0, MAX_SEARCH_LENGTH) || null }] },
  // Sections, /latest and /headlines, authors and topics: every list continues from a place.
  {
    path: /^\/(?:(?:authors|topics)\/)?[^/.]+$/u,
    params: [{ name: 'before', read: (cursor) => (CURSOR.test(cursor) ? cursor : null) }],
  },
]

/**
 * The name under which a reader's page is remembered, which is also the address that is rendered:
 * the path, and of its question only what the route declares. Null when a declared part cannot be read.
 */
export function cacheKey({ path, query }: Address): string | null {
  if (query === '') return path
  const params = queryParams.filter((route) => route.path.test(path)).flatMap((route) => route.params)
  const pairs: string[] = []
  for (const { name, read } of params) {
    const raw = firstValue(query, name)
    if (raw === null) continue
    const value = decodedOrNull(raw.replaceAll('+', ' '))
    if (value === null || value.includes('\u0000')) return null
    const accepted = read(value)
    if (accepted !== null) pairs.push(`${name}=${encodeURIComponent(accepted)}`)
  }
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

function firstValue(query: string, name: string): string | null {
  const pair = query.split('&').find((part) => part.startsWith(`${name}=`))
  return pair === undefined ? null : pair.slice(name.length + 1)
}
