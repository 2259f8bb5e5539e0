import { FIGURE_JOINER, foldWithOffsets } from './fold'
import { stem } from './stem'

/**
 * The words of a text. Boundaries are those of UAX #29 but for two things: scripts without spaces, and Hangul, whose particles stand at the word, are
 * taken letter by letter; and words that a sign joins (AT&T, F-16, O’Brien, U.S.) are found by their parts, and as one name.
 */
export type Token = {
  kind: 'word' | 'letter'
  /** Folded. */
  text: string
  stem: string
  /** In the given text. */
  start: number
  end: number
}

/** Tokens that stand together, with nothing or one sign between them. */
export type Name = {
  parts: Token[]
  /** What joins each part to the one before; empty for the first. */
  signs: string[]
  /** As one word: of words joined by signs, with the signs that mean something; null: there is nothing to join. */
  joined: string | null
  /** With all signs but points, where that is another word: we’re is not were. */
  withSigns: string | null
  /** With a sign before or behind that belongs to the name: C++, C#, .net, $2bn, #MeToo. */
  signed: string[]
  /** In capitals, in the original: WHO, U.S.; null: it is not. */
  capitals: string | null
  /** Bolsonaro’s: the part before it is the name. */
  possessive: boolean
}

const UNSPACED = [
  'Han',
  'Hira',
  'Kana',
  'Bopo',
  'Hang',
  'Thai',
  'Laoo',
  'Khmr',
  'Mymr',
  'Tibt',
  'Java',
  'Bali',
  'Yiii',
  'Tale',
  'Talu',
  'Lana',
]
const unspaced = `[${UNSPACED.map((script) => `\\p{scx=${script}}`).join('')}]`
const written = '[\\p{L}\\p{M}\\p{N}]'
/** Only letters, marks and figures: punctuation has these script extensions too. */
const LETTER = `[${written}&&${unspaced}]`
const WORD = `[${written}--${unspaced}]+`
const JOINERS = `'&@\\/:*!.,_\\-+·\\p{Sc}`
const HEBREW_INITIALS = '(?<=\\p{Script=Hebrew})"(?=\\p{Script=Hebrew})'
const PART = new RegExp(
  `(?<sign>${FIGURE_JOINER}+|[${JOINERS}]|${HEBREW_INITIALS})?(?:(?<word>${WORD})|(?<letter>${LETTER}))`,
  'yv',
)
const START = new RegExp(`${WORD}|${LETTER}`, 'gv')

/** Longer ones are cut, in texts and in searches alike. Characters. */
const MAX_WORD_LENGTH = 60
/** Names of more parts, such as addresses of pages, are found by their parts only. */
const MAX_JOINED_PARTS = 8

/** The names of a text in order; most are one word. */
export function* namesIn(text: string): Generator<Name> {
  const folded = foldWithOffsets(text)
  START.lastIndex = 0
  let end = 0
  for (;;) {
    START.lastIndex = end
    const first = START.exec(folded.text)
    if (first === null) return
    const parts: Token[] = []
    const signs: string[] = []
    let at = first.index
    const start = at
    for (;;) {
      PART.lastIndex = at
      const match = PART.exec(folded.text)
      if (match === null) break
      const { sign = '', word, letter } = match.groups ?? {}
      if (parts.length === 0 ? sign !== '' : !joins(sign, parts.at(-1)?.text ?? '', word ?? letter ?? '')) break
      const value = word ?? letter ?? ''
      const from = at + sign.length
      at += match[0].length
      const cut = word === undefined ? value : [...value].slice(0, MAX_WORD_LENGTH).join('')
      const place = { start: folded.starts[from] ?? 0, end: folded.ends[at - 1] ?? text.length }
      parts.push({ kind: word === undefined ? 'letter' : 'word', text: cut, stem: stem(cut), ...place })
      signs.push(sign.startsWith(FIGURE_JOINER) ? FIGURE_JOINER : sign)
      START.lastIndex = at
    }
    end = Math.max(at, start + 1)
    yield nameOf(text, parts, signs, folded.text.slice(Math.max(0, start - 2), start), folded.text.slice(at, at + 3))
  }
}

/** A comma joins figures only: 1,000. */
function joins(sign: string, before: string, after: string): boolean {
  return sign !== ',' || (/\p{N}$/u.test(before) && /^\p{N}/u.test(after))
}

function nameOf(text: string, written: Token[], writtenSigns: string[], before: string, behind: string): Name {
  const possessive = written.length > 1 && written.at(-1)?.text === 's' && writtenSigns.at(-1) === "'"
  const count = written.length - (possessive ? 1 : 0)
  const [parts, signs] = [written.slice(0, count), writtenSigns.slice(0, count)]
  const isJoined =
    written.length > 1 && written.length <= MAX_JOINED_PARTS && written.every(({ kind }) => kind === 'word')
  const owner = isJoined && parts.length > 1 ? join(parts, signs, joinedSign) : null
  const joined = owner ?? (isJoined && possessive ? join(written, writtenSigns, joinedSign) : null)
  const withSigns = isJoined ? join(written, writtenSigns, keptSign) : null
  return {
    parts,
    signs,
    joined,
    withSigns: withSigns === joined ? null : withSigns,
    signed: signedForms(parts, signs, owner, before, behind),
    capitals: capitalsOf(text, parts, signs),
    possessive,
  }
}

type SignRule = (sign: string, before: string, after: string) => string

function join(parts: Token[], signs: string[], rule: SignRule): string {
  const texts = parts.map(({ text }) => text)
  return texts.map((part, at) => (at === 0 ? part : rule(signs[at] ?? '', texts[at - 1] ?? '', part) + part)).join('')
}

/** Hyphens, apostrophes and points between letters are often left out; a sign between figures, and any other, means something. */
const joinedSign: SignRule = (sign, before, after) => {
  const isBetweenFigures = /\p{N}$/u.test(before) && /^\p{N}/u.test(after)
  if (!isBetweenFigures) return /^['\-._"·]$/u.test(sign) || sign === FIGURE_JOINER ? '' : sign
  if (sign === FIGURE_JOINER) return '^'
  if (sign !== ',' && sign !== '.') return sign
  // 1,000 and 1.000 are thousands; 3.5 and 3,5 are not.
  return /^\d{1,3}$/u.test(before) && /^\d{3}(?!\d)/u.test(after) ? '' : '.'
}

const keptSign: SignRule = (sign, before, after) => (sign === "'" ? sign : joinedSign(sign, before, after))

/** C++, Disney+, 50%, $2bn, .net, #MeToo, @name. */
function signedForms(parts: Token[], signs: string[], joined: string | null, before: string, behind: string): string[] {
  const [first, last] = [parts[0], parts.at(-1)]
  if (first?.kind !== 'word' || last === undefined) return []
  const forms: string[] = []
  const [, leading] = /(?<![\p{L}\p{N}.])([.#@])$/u.exec(before) ?? []
  const currency = /\p{Sc}$/u.exec(before)?.[0]
  if (currency !== undefined && /^\p{N}/u.test(first.text)) forms.push(currency + (joined ?? first.text))
  else if (leading !== undefined) forms.push(leading + first.text)
  for (const [at, part] of parts.entries())
    if (/^\p{Sc}$/u.test(signs[at] ?? '') && /^\p{N}/u.test(part.text)) forms.push((signs[at] ?? '') + part.text)
  const trailing = /^(?:\+\+|[+#](?![\p{L}\p{N}])|%)/u.exec(behind)?.[0]
  if (trailing !== undefined && last.kind === 'word') forms.push(last.text + trailing)
  return forms
}

/** Of at least two letters; initials are capitals however they are typed: u.s. */
function capitalsOf(text: string, parts: Token[], signs: string[]): string | null {
  const isInitials =
    parts.length > 1 && parts.every(({ text }) => /^[a-z]$/u.test(text)) && signs.slice(1).every((sign) => sign === '.')
  const [only] = parts
  if (!isInitials && (parts.length !== 1 || only?.kind !== 'word' || only.text.length < 2)) return null
  const folded = parts.map(({ text }) => text).join('')
  if (isInitials) return folded.toUpperCase()
  const original = text.slice(only?.start, only?.end)
  return /\p{Lu}/u.test(original) && original === original.toUpperCase() && /^\p{L}{2}|^\p{L}+$/u.test(folded)
    ? folded.toUpperCase()
    : null
}
