import { isStopWord } from './stop-words'
import { namesIn, type Name, type Token } from './tokens'
import { combine, toTsquery, type Wanted } from './tsquery-text'
import { areStopWords, areWords, stopPair, wordPair } from './vector'

/** Characters; the rest of a search is ignored. */
export const MAX_SEARCH_LENGTH = 200

/** A search as tsquery literals: what is found by the strict one comes first, then what is found by the loose one. Null: there is none, or nothing to look for. */
export type Search = { strict: string | null; loose: string | null }

type Options = { /** Whether a word that is begun finds longer ones, as on the desk. */ prefixes: boolean }

/**
 * Words that must all be there, "a phrase", `or` between two, and -exclusions; anything else is read as words. Never an error.
 *
 * Strict: WHO is the name in capitals, The Who are two words in order, C++ has its signs, a sentence without spaces is as it is typed.
 * Loose: the same words without that. Stop words are left out where there are others, but not in a phrase.
 */
export function parseSearch(typed: string, options: Options): Search {
  const clauses = clausesOf(typed.slice(0, MAX_SEARCH_LENGTH).toWellFormed())
  const loose = combineClauses(clauses, (name, rest) => looseName(name, rest, options), options)
  const strict =
    strictSentence(clauses) ?? combineClauses(clauses, (name, rest) => strictName(name, rest, options), options)
  const [strictText, looseText] = [strict && toTsquery(strict), loose && toTsquery(loose)]
  return { strict: strictText === looseText ? null : strictText, loose: looseText }
}

/** The words that were looked for, as typed, each once: for the sentence that says that nothing was found. */
export function wordsAsked(typed: string): string[] {
  const text = typed.slice(0, MAX_SEARCH_LENGTH).toWellFormed()
  const clauses = clausesOf(text).filter(({ excluded }) => !excluded)
  return [...new Set(clauses.map(({ text: clause }) => clause.trim()))]
}

type Clause = {
  text: string
  names: Name[]
  quoted: boolean
  excluded: boolean
  /** Joined to the clause before by `or`. */ or: boolean
}

/** A phrase in any kind of double quotes, with its closing one; or what stands between spaces. */
const CLAUSE =
  /(?<minus>[-−–](?=\S))?(?:["“”„‟«»「」『』＂](?<phrase>[^"“”„‟«»「」『』＂]+)["“”„‟«»「」『』＂](?![\p{L}\p{N}])|(?<word>[^\s"“”„‟«»「」『』＂]+(?:["״](?=\p{Script=Hebrew})[^\s"“”„‟«»「」『』＂]+)*))/gu

function clausesOf(typed: string): Clause[] {
  const clauses: Clause[] = []
  let or = false
  for (const { groups: { minus, phrase, word } = {} } of typed.matchAll(CLAUSE)) {
    const text = phrase ?? word ?? ''
    if (word?.toLowerCase() === 'or' && minus === undefined && clauses.length > 0 && !or) {
      or = true
      continue
    }
    const names = [...namesIn(text)]
    if (names.length === 0) continue
    clauses.push({ text, names, quoted: phrase !== undefined, excluded: minus !== undefined, or })
    or = false
  }
  // Nothing follows: it was a word.
  if (or) clauses.push({ text: 'or', names: [...namesIn('or')], quoted: false, excluded: false, or: false })
  return clauses
}

type WantedName = (name: Name, rest: { onlyStopWords: boolean }) => Wanted | null

function combineClauses(clauses: Clause[], wantedName: WantedName, options: Options): Wanted | null {
  const onlyStopWords = clauses.every(({ names, quoted, excluded }) => excluded || (!quoted && names.every(isStop)))
  const groups: (Wanted | null)[][] = [[]]
  for (const { names, quoted, excluded, or } of clauses) {
    if (or) groups.push([])
    const wanted =
      quoted || (excluded && names.length > 1)
        ? phraseOf(names, { prefixes: false })
        : combine(
            'all',
            names.map((name) =>
              excluded ? looseName(name, { onlyStopWords: true }, options) : wantedName(name, { onlyStopWords }),
            ),
          )
    groups.at(-1)?.push(excluded && wanted !== null ? { kind: 'not', of: wanted } : wanted)
  }
  return combine(
    'any',
    groups.map((group) => combine('all', group)),
  )
}

const isStop = ({ parts, joined, possessive }: Name) =>
  parts.length === 1 && (joined === null || possessive) && isStopWord(parts[0]?.text ?? '')

/** “The Who”, “To be or not to be”: stop words only are a phrase, with the `or`. */
function strictSentence(clauses: Clause[]): Wanted | null {
  const isSentence =
    clauses.length > 1 &&
    clauses.every(({ names, quoted, excluded }) => !quoted && !excluded && names.every((name) => isStop(name)))
  if (!isSentence) return null
  const or = [...namesIn('or')]
  return phraseOf(
    clauses.flatMap(({ names, or: isAfterOr }) => (isAfterOr ? [...or, ...names] : names)),
    { prefixes: false },
  )
}

function strictName(name: Name, rest: { onlyStopWords: boolean }, options: Options): Wanted | null {
  // A word that is only begun may be in capitals without being a name.
  if (options.prefixes && name.capitals !== null && name.parts.length === 1) return looseName(name, rest, options)
  const isSoleStop = !options.prefixes && rest.onlyStopWords && isStop(name) && !name.possessive
  const capitals = name.capitals ?? (isSoleStop ? name.parts[0]?.text.toUpperCase() : undefined)
  if (capitals !== undefined) return { kind: 'lexeme', lexeme: capitals }
  if (name.possessive && isStop(name))
    return name.withSigns === null ? null : { kind: 'lexeme', lexeme: name.withSigns }
  const signed = name.signed.map((lexeme): Wanted => ({ kind: 'lexeme', lexeme }))
  if (signed.length > 0) return combine('all', signed)
  const whole = name.withSigns ?? name.joined
  if (name.parts.length > 1) {
    const isOwner = name.possessive
    return combine('any', [
      whole === null || isOwner ? null : lexeme(whole, options),
      isOwner && name.joined !== null ? lexeme(name.joined, options) : null,
      phraseOf([name], options),
    ])
  }
  return looseName(name, rest, options)
}

function looseName(name: Name, rest: { onlyStopWords: boolean }, options: Options): Wanted | null {
  if (isStop(name) && !rest.onlyStopWords && name.capitals === null) return null
  const whole = name.possessive && name.parts.length === 1 ? null : name.joined
  const parts = combine(
    'all',
    name.parts.length === 1 ? name.parts.map((part) => wordOf(part, options)) : pairsOf(name.parts, options),
  )
  return combine('any', [whole === null ? null : lexeme(whole, options), parts])
}

/** The exact word beside its stem, so that it ranks higher. */
function wordOf({ text, stem, kind }: Token, { prefixes }: Options): Wanted | null {
  const exact: Wanted = { kind: 'lexeme', lexeme: text, prefix: prefixes && kind === 'word' }
  return combine('any', [exact, stem === text ? null : { kind: 'lexeme', lexeme: stem }])
}

/** Words by themselves, letters by pairs. */
function pairsOf(parts: Token[], options: Options): (Wanted | null)[] {
  return parts.flatMap((part, at) => {
    if (part.kind === 'word') return [wordOf(part, options)]
    const [before, behind] = [parts[at - 1], parts[at + 1]]
    if (behind?.kind === 'letter') return [{ kind: 'lexeme', lexeme: part.text + behind.text }]
    return before?.kind === 'letter' ? [] : [wordOf(part, options)]
  })
}

const lexeme = (text: string, { prefixes }: Options): Wanted => ({ kind: 'lexeme', lexeme: text, prefix: prefixes })

/** The parts of names in order; or, where names are joined, each as one word. */
function phraseOf(names: Name[], options: Options): Wanted | null {
  const parts = phraseOfParts(
    names.flatMap((name) => name.parts),
    options,
  )
  const isJoined = names.length > 1 && names.some(({ parts: { length }, joined }) => length > 1 && joined !== null)
  if (!isJoined) return parts
  const whole = names.map(({ joined, parts: [first], possessive }) =>
    joined === null || possessive ? (first?.stem ?? '') : joined,
  )
  const isWhole = names.every(({ parts: { length }, joined }) => length === 1 || joined !== null)
  return isWhole
    ? combine('any', [parts, { kind: 'phrase', of: whole.map((text, at) => ({ at, any: [text] })) }])
    : parts
}

function phraseOfParts(parts: Token[], { prefixes }: Options): Wanted | null {
  const elements: { at: number; any: string[]; prefix?: boolean }[] = []
  for (const [at, part] of parts.entries()) {
    const [before, behind] = [parts[at - 1], parts[at + 1]]
    const isLetterPair = part.kind === 'letter' && behind?.kind === 'letter'
    const isStopPair = behind !== undefined && areStopWords(part, behind)
    if (isLetterPair) elements.push({ at, any: [part.text + behind.text] })
    else if (isStopPair) elements.push({ at, any: [stopPair(part, behind)] })
    else if (part.kind === 'letter' && before?.kind === 'letter') continue
    else if (before !== undefined && areStopWords(before, part)) continue
    else
      elements.push({
        at,
        any: [part.stem],
        ...(prefixes &&
          at === parts.length - 1 &&
          part.kind === 'word' &&
          part.text.length > 1 && { any: [part.text, part.stem], prefix: true }),
      })
  }
  const [first] = elements
  if (first === undefined) return null
  // A phrase needs the pairs too, which few stories have; the last word may be only begun.
  const pairs = parts.slice(1, prefixes ? -1 : undefined).flatMap((part, at): Wanted[] => {
    const before = parts[at]
    return before === undefined || !areWords(before, part) || areStopWords(before, part)
      ? []
      : [{ kind: 'lexeme', lexeme: wordPair(before, part) }]
  })
  if (elements.length > 1) return combine('all', [{ kind: 'phrase', of: elements }, ...pairs])
  return combine(
    'any',
    first.any.map((text) => ({ kind: 'lexeme', lexeme: text, prefix: first.prefix ?? false })),
  )
}

/** Where the words of a search stand in a text: offsets of beginnings and ends, in order, not overlapping. */
export function hitsIn(text: string, typed: string): [number, number][] {
  const wanted = clausesOf(typed.slice(0, MAX_SEARCH_LENGTH).toWellFormed()).filter(({ excluded }) => !excluded)
  const names = wanted.flatMap(({ names, quoted }) => names.map((name) => ({ name, quoted })))
  const onlyStopWords = names.every(({ name }) => isStop(name))
  const asked = names.filter(({ name, quoted }) => quoted || onlyStopWords || name.capitals !== null || !isStop(name))
  const runs = asked.map(({ name }) => name.parts)
  const joined = new Set(
    asked.flatMap(({ name: { parts, joined, withSigns } }) =>
      [joined ?? [], withSigns ?? [], parts.length === 1 ? (parts[0]?.text ?? []) : []].flat(),
    ),
  )
  const tokens = [...namesIn(text)]
  const hits: [number, number][] = []
  for (const name of tokens) {
    const [start, end] = [name.parts[0]?.start ?? 0, name.parts.at(-1)?.end ?? 0]
    const isWhole = [name.joined, name.withSigns].some((one) => one !== null && joined.has(one))
    if (isWhole || (name.parts.length === 1 && joined.has(name.parts[0]?.text ?? ''))) hits.push([start, end])
  }
  const parts = tokens.flatMap((name) => name.parts)
  for (const run of runs)
    for (let at = 0; at + run.length <= parts.length; at += 1)
      if (run.every((part, offset) => part.stem === parts[at + offset]?.stem))
        hits.push([parts[at]?.start ?? 0, parts[at + run.length - 1]?.end ?? 0])
  return withoutOverlap(hits)
}

function withoutOverlap(hits: [number, number][]): [number, number][] {
  const kept: [number, number][] = []
  for (const [start, end] of hits.toSorted(([a, b], [c, d]) => a - c || d - b)) {
    const last = kept.at(-1)
    if (last !== undefined && start < last[1]) last[1] = Math.max(last[1], end)
    else kept.push([start, end])
  }
  return kept
}
