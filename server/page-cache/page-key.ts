import { decodedOrNull, type Address } from '../front-door/address'

/** The longest question to search; reading/ cuts there as well. Characters. */
const LONGEST_SEARCH = 200

/** A place in a list, as the lists write it. */
const CURSOR = /^[\w-]{1,60}$/u

/** The questions an address may ask, in the order in which they stand in its key. Everything else is dropped before anybody renders. */
const questions: { path: RegExp; asks: { name: string; read: (value: string) => string | null }[] }[] = [
  { path: /^\/search$/u, asks: [{ name: 'q', read: (words) => words.trim().slice(0, LONGEST_SEARCH) || null }] },
  // Sections, /latest and /headlines, authors and topics: every list continues from a place.
  {
    path: /^\/(?:(?:authors|topics)\/)?[^/.]+$/u,
    asks: [{ name: 'before', read: (place) => (CURSOR.test(place) ? place : null) }],
  },
]

/**
 * The name under which a reader's page is remembered, which is also the address that is rendered:
 * the path, and of its question only what the route declares. Null when a declared part cannot be read.
 */
export function pageKey({ path, question }: Address): string | null {
  if (question === '') return path
  const asks = questions.filter((route) => route.path.test(path)).flatMap((route) => route.asks)
  const kept: string[] = []
  for (const { name, read } of asks) {
    const raw = firstValue(question, name)
    if (raw === null) continue
    const value = decodedOrNull(raw.replaceAll('+', ' '))
    if (value === null || value.includes('\u0000')) return null
    const read_ = read(value)
    if (read_ !== null) kept.push(`${name}=${encodeURIComponent(read_)}`)
  }
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`
}

function firstValue(question: string, name: string): string | null {
  const pair = question.split('&').find((part) => part.startsWith(`${name}=`))
  return pair === undefined ? null : pair.slice(name.length + 1)
}
