import { stem } from './stem'
import { isStopWord } from './stop-words'
import { namesIn, type Name, type Token } from './tokens'

/** As Postgres ranks: A most, D least. */
type Weight = 'A' | 'B' | 'C' | 'D'
export type SearchedText = { weight: Weight; text: string }

/** Characters of a story that are searched. */
const MAX_SEARCHED_LENGTH = 100_000

/** Postgres refuses a tsvector of a megabyte or more. Bytes of lexemes and positions. */
const MAX_BYTES = 900_000

/** Postgres keeps 255 positions of a lexeme; a rank needs few. */
const MAX_POSITIONS = 250

/** Postgres numbers positions up to 16,383. A longer text begins again, so that phrases are found in all of it. */
const POSITION_CYCLE = 16_000

/** Between two fields, so that no phrase goes across. Positions. */
const FIELD_GAP = 10

/**
 * The tsvector of a text as a literal. Postgres only parses the literal, which is the same with every locale, encoding and version of its parser.
 * Lexemes: each word and its stem; letters of scripts without spaces alone and in pairs; names joined; capitals; pairs of words, because an index of
 * single words finds a phrase of common words only by reading all stories that have them.
 */
export function vectorLiteral(texts: readonly SearchedText[]): string {
  const places = new Map<string, string[]>()
  let [bytes, next, budget] = [0, 0, MAX_SEARCHED_LENGTH]
  for (const { weight, text } of texts) {
    const searched = text.slice(0, budget)
    budget -= searched.length
    let last: Token | undefined
    for (const name of namesIn(searched)) {
      for (const [lexeme, offset] of lexemesOf(name)) add(lexeme, next + offset, weight)
      for (const [offset, part] of name.parts.entries()) {
        if (last !== undefined && areStopWords(last, part)) add(stopPair(last, part), next + offset - 1, weight)
        else if (last !== undefined && areWords(last, part)) addWithoutPosition(wordPair(last, part))
        last = part
      }
      next += name.parts.length
    }
    next += FIELD_GAP
  }
  return [...places].map(([lexeme, at]) => quoteLexeme(lexeme) + (at.length > 0 ? `:${at.join(',')}` : '')).join(' ')

  function addWithoutPosition(lexeme: string) {
    if (places.has(lexeme) || bytes > MAX_BYTES) return
    bytes += lexeme.length + 4
    places.set(lexeme, [])
  }

  function add(lexeme: string, position: number, weight: Weight) {
    const at = places.get(lexeme)
    if (at !== undefined && at.length >= MAX_POSITIONS) return
    const size = at === undefined ? Buffer.byteLength(lexeme) + 6 : 2
    if (bytes + size > MAX_BYTES) return
    bytes += size
    const place = `${1 + (position % POSITION_CYCLE)}${weight}`
    if (at === undefined) places.set(lexeme, [place])
    else at.push(place)
  }
}

/** @returns lexemes with the position of each behind the name’s first */
function lexemesOf({ parts, joined, withSigns, signed, capitals }: Name): [string, number][] {
  const lexemes: [string, number][] = []
  for (const [at, part] of parts.entries()) {
    lexemes.push([part.text, at])
    if (part.stem !== part.text) lexemes.push([part.stem, at])
    const following = parts[at + 1]
    if (part.kind === 'letter' && following?.kind === 'letter') lexemes.push([part.text + following.text, at])
  }
  // At the first and the last position: a phrase may begin or end with the name.
  const ends = parts.length > 1 ? [0, parts.length - 1] : [0]
  const joinedStem = joined === null ? null : stem(joined)
  for (const whole of [joined, joinedStem === joined ? null : joinedStem, withSigns, capitals, ...signed])
    if (whole !== null) for (const at of ends) lexemes.push([whole, at])
  return lexemes
}

export const areWords = (one: Token, other: Token) => one.kind === 'word' && other.kind === 'word'
export const areStopWords = (one: Token, other: Token) =>
  areWords(one, other) && isStopWord(one.text) && isStopWord(other.text)

/** The lexeme of two stop words, one behind the other (Lucene’s “common grams”). */
export const stopPair = (one: Token, other: Token) => `${one.text} ${other.text}`

/** The lexeme of two words, one behind the other: one of a million (four digits of base 32), so that the index stays small. Other pairs have it too: a phrase is found by it and then by the words’ positions. */
export function wordPair(one: Token, other: Token): string {
  // FNV-1a.
  let hash = 0x811c9dc5
  for (const character of `${one.stem} ${other.stem}`)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return `\u0002${((hash ^ (hash >>> 15)) >>> 0).toString(32).slice(-4)}`
}

/** A lexeme as Postgres reads it in a tsvector or tsquery. */
export const quoteLexeme = (lexeme: string) => `'${lexeme.replace(/['\\]/gu, '$&$&')}'`
