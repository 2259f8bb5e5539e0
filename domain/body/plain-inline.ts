import type { Inline } from './inline'

type Level = 'superscript' | 'subscript' | null
type Piece = { text: string; level: Level; isStruck: boolean }

/**
 * A line where there are no marks: raised and lowered characters as those of Unicode, or behind ^ and _; struck words between ~~ (GitHub
 * Flavored Markdown, 6.5). No figure becomes part of another number, and no struck word a plain one.
 */
export function plainInline(content: Inline[]): string {
  const pieces = joined(content.map(pieceOf))
  const written = pieces.map((piece, at): Piece => {
    const before = pieces[at - 1]?.text ?? ''
    return { ...piece, level: null, text: piece.level === null ? piece.text : atLevel(piece.level, piece.text, before) }
  })
  const hasStruck = written.some(({ isStruck }) => isStruck)
  return joined(written)
    .map(({ text, isStruck }) => {
      const typed = hasStruck ? withoutTildes(text) : text
      return isStruck ? around(typed, (words) => `~~${words}~~`) : typed
    })
    .join('')
}

function pieceOf(part: Inline): Piece {
  if (part.type === 'hardBreak') return { text: '\n', level: null, isStruck: false }
  const has = (type: string) => part.marks.some((mark) => mark.type === type)
  const level = has('superscript') ? 'superscript' : has('subscript') ? 'subscript' : null
  return { text: part.text, level, isStruck: has('strike') }
}

function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if (last && last.level === piece.level && last.isStruck === piece.isStruck) last.text += piece.text
    else result.push({ ...piece })
  }
  return result
}

/** In a line with struck words, tildes that could be read as the sign of it are behind a backslash (GitHub Flavored Markdown, 6.1). */
const withoutTildes = (text: string) => text.replace(/~~+|^~|~$/gu, (run) => run.replaceAll('~', '\\~'))

/** Changes the text without the spaces at its ends. */
function around(text: string, change: (inside: string) => string): string {
  const inside = text.trim()
  if (inside === '') return text
  const at = text.indexOf(inside)
  return text.slice(0, at) + change(inside) + text.slice(at + inside.length)
}

const RAISED: Record<string, string> = pairs('0123456789+-−–=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ')
const LOWERED: Record<string, string> = pairs(
  '0123456789+-−–=()aeoxhklmnpstijruv',
  '₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜᵢⱼᵣᵤᵥ',
)

/** Raised by custom and plain in plain text. */
const ORDINAL = /^(?:st|nd|rd|th|er|re|ers|res|e|es|eme|ème|de|ste|te)$/iu
const ABBREVIATIONS = new Map([
  ['a', 'ª'],
  ['o', 'º'],
  ['TM', '™'],
  ['SM', '℠'],
])

function atLevel(level: 'superscript' | 'subscript', text: string, before: string): string {
  return around(text, (inside) => {
    if (!/[\p{L}\p{N}]/u.test(inside) && !isIn(level === 'superscript' ? RAISED : LOWERED, inside)) return inside
    if (/^\[.*\]$|^\(.*\)$/u.test(inside)) return inside
    return level === 'superscript' ? raised(inside, before) : lowered(inside)
  })
}

function raised(text: string, before: string): string {
  if (isIn(RAISED, text)) return mapped(RAISED, text)
  if (/\p{N}$/u.test(before) && ORDINAL.test(text)) return text
  return ABBREVIATIONS.get(text) ?? `^${grouped(text)}`
}

const lowered = (text: string) => (isIn(LOWERED, text) ? mapped(LOWERED, text) : `_${grouped(text)}`)

const grouped = (text: string) => ([...text].length === 1 ? text : `(${text})`)

const isIn = (signs: Record<string, string>, text: string) => [...text].every((sign) => signs[sign] !== undefined)

const mapped = (signs: Record<string, string>, text: string) => [...text].map((sign) => signs[sign] ?? sign).join('')

function pairs(from: string, to: string): Record<string, string> {
  const signs = [...to]
  return Object.fromEntries([...from].map((sign, at) => [sign, signs[at] ?? sign]))
}
