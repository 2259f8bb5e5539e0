export type FindOptions = {
  matchCase: boolean
  /** Quotes, dashes, spaces and accents only as they are typed. */
  exact: boolean
}

/** UTF-16 offsets. */
export type Hit = { from: number; to: number }

/** Text without differences that people do not see or cannot type. For each of its units: where the character it comes from begins and ends. */
type Folded = { text: string; starts: number[]; ends: number[] }

/**
 * Every place where a text shows the query: with straight or curly quotes and apostrophes, any hyphen or dash, any space, letters composed or
 * decomposed, invisible characters between. Accents count: `cafe` is not `café`. A hit never begins or ends inside a character, such as
 * between a letter and its accent. Hits do not overlap.
 */
export function hitsIn(text: string, query: string, options: FindOptions): Hit[] {
  const sought = fold(query, options).text
  const { text: folded, starts, ends } = fold(text, options)
  const hits: Hit[] = []
  if (sought === '') return hits
  const isBoundary = (at: number) => at === 0 || at === folded.length || starts[at] !== starts[at - 1]
  for (let at = folded.indexOf(sought); at !== -1;) {
    const end = at + sought.length
    const [from, to] = [starts[at], ends[end - 1]]
    const isHit = isBoundary(at) && isBoundary(end) && from !== undefined && to !== undefined
    if (isHit) hits.push({ from, to })
    at = folded.indexOf(sought, isHit ? end : at + 1)
  }
  return hits
}

/** A character as people see it: with its marks, joined emoji, a flag. Long rows of marks are cut, so that the time stays linear. */
const CHARACTER =
  /\p{RI}{2}|[^](?:[\p{M}\u1160-\u11ff\ud7b0-\ud7fb]|[\u{1f3fb}-\u{1f3ff}]|\u200d\p{Extended_Pictographic}){0,30}/gu

function fold(text: string, { matchCase, exact }: FindOptions): Folded {
  const folded: Folded = { text: '', starts: [], ends: [] }
  for (const { 0: character, index } of text.matchAll(CHARACTER)) {
    const same = exact ? character : foldCharacter(character)
    const part = matchCase ? same : same.toLowerCase().replace('ς', 'σ')
    folded.text += part
    for (let unit = 0; unit < part.length; unit += 1) {
      folded.starts.push(index)
      folded.ends.push(index + character.length)
    }
  }
  return folded
}

function foldCharacter(character: string): string {
  if (character.length === 1 && character < '\u0080') return SIGNS.get(character) ?? character
  const composed = character.normalize('NFC')
  const sign = SIGNS.get(composed)
  if (sign !== undefined) return sign
  if (/^\p{Zs}$/u.test(composed)) return ' '
  if (/^\p{Pd}$/u.test(composed)) return '-'
  if (/^[\p{Default_Ignorable_Code_Point}\u200b]+$/u.test(composed)) return ''
  // Ligatures and full-width letters, but not ⁶ or ½: other figures would be found for them.
  if (/^[\ufb00-\ufb06\uff01-\uff5e]/u.test(composed)) return composed.normalize('NFKC')
  return composed.replace(/[\ufe0e\ufe0f]/gu, '')
}

const each = (characters: string, folded: string) => [...characters].map((one): [string, string] => [one, folded])

const SIGNS = new Map([
  ...each('’‘‚‛ʼʻʽʹʾʿˈ′‵´`‹›＇׳', "'"),
  ...each('“”„‟″‶«»＂״〝〞〟', '"'),
  ...each('−⁃‐‑', '-'),
  ['\t', ' '],
  ['…', '...'],
])
