/** Which mark a pair of signs sets. Not `__`: `__init__` is a name far more often than it is bold. */
const markOf: Record<string, 'bold' | 'italic'> = { '**': 'bold', '*': 'italic', _: 'italic' }

/** A pair of signs around text: offsets of the opening sign and of the closing one. */
export type Emphasis = { mark: 'bold' | 'italic'; sign: string; open: number; close: number }

/**
 * The emphasis that the signs at the end of a line close, by CommonMark's flanking rules (spec 0.31, "Emphasis and strong emphasis"), and
 * stricter where reporters use the signs otherwise: `*` does not open inside a word either (gender stars, 5*3), and the text inside begins
 * and ends with a word or a quotation mark and holds no more of the sign.
 * @param text the line up to the caret
 * @returns null for signs that are no emphasis
 */
export function closedEmphasis(text: string): Emphasis | null {
  const sign = /(?:\*{1,2}|_)$/u.exec(text)?.[0]
  const mark = sign && markOf[sign]
  if (!sign || !mark) return null
  const [char = ''] = sign
  const close = text.length - sign.length
  if (text[close - 1] === char) return null
  const last = text.lastIndexOf(char, close - 1)
  let open = last
  while (open > 0 && text[open - 1] === char) open -= 1
  const isSameSign = last !== -1 && last - open + 1 === sign.length
  const inside = text.slice(last + 1, close)
  return isSameSign && OPENS_BEHIND.test(text.slice(0, open)) && WORDS.test(inside) ? { mark, sign, open, close } : null
}

/** Does the sign stay, because what is typed right behind it makes it no closing one? `*innen und Student*` + `innen`. */
export const isNotClosedBefore = (next: string): boolean => !/^(?:[\s\p{Pe}\p{Pf}\p{Pi}\p{Pd}.,:;!?"'…„‚])/u.test(next)

/** The beginning of the line, a space, or punctuation that can stand before a word. U+FFFC stands for a line break. */
const OPENS_BEHIND = /(?:^|[\s\ufffc\p{Ps}\p{Pi}\p{Pf}\p{Pd}"'„‚¿¡…])$/u

/** Begins and ends with a letter, a figure or punctuation that belongs to words. */
const WORDS = /^[\p{L}\p{N}\p{Ps}\p{Pi}\p{Pf}"'„‚¿¡](?:.*[\p{L}\p{M}\p{N}\p{Pe}\p{Pi}\p{Pf}"'.!?…%])?$/su
