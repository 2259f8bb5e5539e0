import { normalizedText, toLine } from '../form/typed-text'
import { slugOf } from '../form/slug'

export const nameKinds = ['author', 'topic'] as const
export type NameKind = (typeof nameKinds)[number]

export type Named = { id: number; slug: string; name: string }

/** Who wrote a story: a person, an agency, a guest. An author is not a login. */
export type Author = Named

/** What a story is about, beside its section. */
export type Topic = Named

/** The authors and topics of a published story, in order. */
export type NamedIds = { authorIds: number[]; topicIds: number[] }

/** Characters of a name, and names of a kind in one story. */
export const MAX_NAME_LENGTH = 100
export const MAX_NAMES = 30

export const MAX_STORIES_COUNTED = 1000

/** A comma, a semicolon or a new line. "And" is none: it is part of names. */
const SEPARATOR = /[,;，、；\n\r\u061b\u060c]/u

/** The typed names in order, without other spellings of the same name. */
export function parseNames(typed: string): string[] {
  const names = new Map<string, string>()
  for (const name of typed.split(SEPARATOR).map(toLine)) {
    const key = nameKey(name)
    if (key !== '' && !names.has(key)) names.set(key, name)
  }
  return [...names.values()]
}

export const joinNames = (names: readonly string[]): string => names.join(', ')

/** The line with other names, while a person types in it: the name at the caret is kept as far as it is typed, and the caret stays in it. */
export function replaceNames(names: readonly string[], line: string, caret: number): { line: string; caret: number } {
  const start = caret - (line.slice(0, caret).split(SEPARATOR).at(-1) ?? '').length
  const end = line.slice(caret).search(SEPARATOR)
  const written = line.slice(start, end === -1 ? undefined : caret + end)
  const own = toLine(written)
  const before = parseNames(line.slice(0, start)).at(-1)
  const beforeIndex = before === undefined ? -1 : names.indexOf(before)
  const isThere = own !== '' && names.includes(own)
  const at = isThere
    ? names.indexOf(own)
    : before === undefined && line.trim() !== ''
      ? 0
      : beforeIndex + 1 || names.length
  const typedName = isThere || own === '' ? written.trimStart() : ''
  const parts = [...names.slice(0, at), typedName, ...names.slice(isThere ? at + 1 : at)]
  const place = parts.slice(0, at).reduce((length, name) => length + name.length + ', '.length, 0)
  const within = caret - start - (written.length - written.trimStart().length)
  return { line: joinNames(parts), caret: place + Math.min(Math.max(within, 0), typedName.length) }
}

/**
 * Merges two changes of a list of names: with the additions of both and without the removals of either.
 * @param base the names before both
 */
export function mergeNames(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  if (joinNames(base) === joinNames(theirs)) return [...mine]
  const removed = base.filter((name) => !mine.includes(name))
  const names = theirs.filter((name) => !removed.includes(name))
  mine.forEach((name, at) => {
    if (base.includes(name) || names.includes(name)) return
    const before = mine[at - 1]
    const beforeIndex = before === undefined ? -1 : names.indexOf(before)
    names.splice(before !== undefined && beforeIndex === -1 ? names.length : beforeIndex + 1, 0, name)
  })
  return parseNames(names.join('\n'))
}

/**
 * A name without differences of case, accents, spaces, apostrophes and hyphens. Combining marks of scripts where they are letters stay.
 * @returns at most 500 characters
 */
export function nameKey(name: string): string {
  const plain = normalizedText(name, 'NFKD')
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/gu, '')
    .toLowerCase()
  const folded = normalizedText(plain, 'NFC')
    .replace(/[’‘`´ʼ]/gu, "'")
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()
  return folded.slice(0, 500).toWellFormed()
}

/** The slug of a name, with a number where it is taken; that of the kind where no letter of the name fits a slug. */
export function slugForName(kind: NameKind, name: string, taken: ReadonlySet<string>): string {
  const own = slugOf(name, kind)
    .slice(0, 70)
    .replace(/(?<!-)-+$/u, '')
  if (!taken.has(own)) return own
  let number = 2
  while (taken.has(`${own}-${number}`)) number += 1
  return `${own}-${number}`
}
