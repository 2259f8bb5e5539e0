/**
 * Text without the differences that people do not see or do not type: case, accents, width, composed and decomposed letters, shapes of quotes, dashes
 * and spaces, invisible characters. Based on NFKC; the properties are those of Unicode, never of a locale, so every installation folds alike.
 */
export type FoldedText = {
  text: string
  /** For each UTF-16 unit of `text`, where the characters it is made of begin and end in the original. */
  starts: number[]
  ends: number[]
}

/** Between a word and a raised or lowered figure: 10⁶, H₂O, a note’s number behind a word. */
export const FIGURE_JOINER = '\u0001'

/** What composes with the character before it: marks, jamo and half-width voicing signs. */
const COMBINING = '\\p{M}\u1160-\u11ff\ud7b0-\ud7fb\uff9e\uff9f'

/** A character and what composes with it; or a row of raised or lowered figures. */
const CLUSTER = new RegExp(`[\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089]+|[^][${COMBINING}]*`, 'yu')

/** @returns the folded text with offsets into the given one */
export function foldWithOffsets(text: string): FoldedText {
  const folded: FoldedText = { text: '', starts: [], ends: [] }
  for (let at = 0; at < text.length;) {
    // Most characters are ASCII, with nothing that composes with them.
    const isPlain = text.charCodeAt(at) < 128 && (at + 1 === text.length || text.charCodeAt(at + 1) < 128)
    CLUSTER.lastIndex = at
    const cluster = isPlain ? text.charAt(at) : (CLUSTER.exec(text)?.[0] ?? text.charAt(at))
    const part = foldCluster(cluster)
    folded.text += part
    for (let unit = 0; unit < part.length; unit += 1) {
      folded.starts.push(at)
      folded.ends.push(at + cluster.length)
    }
    at += cluster.length
  }
  return folded
}

export const fold = (text: string): string => foldWithOffsets(text).text

/** Folded clusters outside ASCII: a language has few. */
const cache = new Map<string, string>()
const CACHE_SIZE = 20_000

function foldCluster(cluster: string): string {
  if (cluster.length === 1 && cluster < '\u0080') return foldAscii(cluster)
  const known = cache.get(cluster)
  if (known !== undefined) return known
  const folded = foldUncached(cluster)
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(cluster, folded)
  return folded
}

function foldAscii(character: string): string {
  if (character < ' ' || character === '\u007f') return ' '
  if (character === '`') return "'"
  return character.toLowerCase()
}

/** At most this many marks on one letter are looked at: people pile them up for fun. */
const MAX_CLUSTER_LENGTH = 30

function foldUncached(cluster: string): string {
  const first = String.fromCodePoint(cluster.codePointAt(0) ?? 0)
  if (/^[\u00b2\u00b3\u00b9\u2070-\u2089]/u.test(first))
    return FIGURE_JOINER + cluster.normalize('NFKC') + FIGURE_JOINER
  const sign = signs.get(first)
  if (sign !== undefined) return sign
  if (/^\p{Default_Ignorable_Code_Point}|^[\u200b\u0640]/u.test(first)) return ''
  if (/^\p{Pd}/u.test(first)) return '-'
  const normalized = cluster.slice(0, MAX_CLUSTER_LENGTH).toWellFormed().normalize('NFKC').toLowerCase()
  // A symbol that is made of letters (№, ㎏) is a word of its own; a letter in a circle is none.
  const letters = /^(?![\u24b6-\u24e9])\p{So}/u.test(first) ? ` ${normalized} ` : normalized
  return [...withoutAccents(letters)].map((letter) => sameLetters.get(letter) ?? asciiDigit(letter)).join('')
}

/** Scripts in which a mark is an accent or a vowel point, not a letter of its own; й is a letter. */
const ACCENTED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/u

function withoutAccents(letters: string): string {
  const decomposed = letters.normalize('NFD')
  if (!ACCENTED.test(decomposed)) return letters.replace(/[\p{Default_Ignorable_Code_Point}\u0300-\u036f]/gu, '')
  return decomposed.replace(/(?<!\u0438)\p{Mn}|(?!\u0306)\p{Mn}/gu, '').normalize('NFC')
}

/** A digit of any script by its value: digits stand in rows of ten, from zero up. */
function asciiDigit(character: string): string {
  if (character < '\u0080' || !/^\p{Nd}$/u.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return String(value)
}

const each = (characters: string, folded: string) => [...characters].map((one): [string, string] => [one, folded])

const signs = new Map([
  ...each('’‘‛ʼʻʽʹˈʿʾ′‵´＇՚ꞌ\u05f3', "'"),
  ...each('“”„‟″‶«»‹›「」『』《》〈〉〝〞〟＂｢｣\u05f4', '"'),
  ...each('−⁃', '-'),
  ...each('™℠', ' '),
])

/** Letters that do not decompose, and letters that many keyboards do not tell apart. */
const sameLetters = new Map([
  ...Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n' }),
  ...Object.entries({ ı: 'i', ĸ: 'k', ſ: 's', ƒ: 'f', ɓ: 'b', ɖ: 'd', ɗ: 'd', ƙ: 'k', ƴ: 'y', ς: 'σ', ƀ: 'b', ɨ: 'i' }),
  // Arabic, Persian and Urdu keyboards have different kaf and yeh.
  ...Object.entries({ ك: 'ک', ي: 'ی', ى: 'ی', ة: 'ه', ٱ: 'ا', '\u2044': '/', '\u0131': 'i', '\u30fb': '\u00b7' }),
])
