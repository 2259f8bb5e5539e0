import { diffArrays } from 'diff'
import type { Block, FactBox, Inline, List, ListItem, Mark, Paragraph } from './body'

/** What a text is made of when it is compared: words with their marks, line breaks, and the beginnings of lines in blocks that have several. */
export type Part =
  | { type: 'text'; text: string; marks: Mark[] }
  | { type: 'hardBreak' }
  | { type: 'line'; sign: LineSign; depth: number }

/** What a line begins with. */
type LineSign =
  | 'quote'
  | 'continued'
  | List['type']
  | 'attribution'
  | 'rule'
  | 'boxed'
  | 'title'
  | 'smaller title'
  | 'caption'
  | 'row'
  | 'cell'
  | 'embed'
  | 'note'

/** A stretch of text that both have, or only one of them. */
export type Piece = { change: 'same' | 'added' | 'removed'; parts: Part[] }

/**
 * How much searching one comparison may do. Finding d different words takes at most d² steps; when they are used up,
 * what differs is shown as replaced whole.
 */
export class Patience {
  constructor(private steps = STEPS_OF_A_COMPARISON) {}

  /** The most different words that may be searched for now. */
  words(): number {
    return Math.floor(Math.sqrt(this.steps))
  }

  spend(words: number) {
    this.steps = Math.max(0, this.steps - words ** 2)
  }
}

/** A fraction of a second on one core: some 1,400 different words in one block, or 140 in each of a hundred. */
const STEPS_OF_A_COMPARISON = 2_000_000

/** Two texts that share less of their words than this are told apart whole: word by word nobody could read it. */
const SHARED_AT_LEAST = 0.25

/** The older text and the newer one in one row: without what was removed it is the newer, without what was added the older. */
export function compareParts(older: Part[], newer: Part[], patience: Patience): Piece[] {
  const [before, after] = [tokensOf(older), tokensOf(newer)]
  const [beforeNames, afterNames] = [before.map(nameOf), after.map(nameOf)]
  if (sharedWords(bagOf(beforeNames), bagOf(afterNames)) < SHARED_AT_LEAST) return replaced(before, after)
  const most = patience.words()
  const changes = diffArrays(beforeNames, afterNames, { maxEditLength: most })
  patience.spend(
    changes ? changes.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) : most,
  )
  if (!changes) return replaced(before, after)
  const pieces: Piece[] = []
  let [old, young] = [0, 0]
  for (const { added, removed, count } of changes) {
    if (removed) pieces.push({ change: 'removed', parts: before.slice(old, old + count) })
    else pieces.push({ change: added ? 'added' : 'same', parts: after.slice(young, young + count) })
    if (!added) old += count
    if (!removed) young += count
  }
  return readable(pieces)
}

/** A line of words without marks. */
export function partsOfLine(words: string): Part[] {
  return words === '' ? [] : [{ type: 'text', text: words, marks: [] }]
}

export function partsOfBlock(block: Block): Part[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return joined(block.content)
    case 'blockquote':
      return joined(block.content.flatMap(({ content }) => line('quote', content)))
    case 'bulletList':
    case 'orderedList':
      return joined(partsOfList(block, 1))
    case 'pullQuote':
      return joined(
        block.content.flatMap(({ type, content }) => line(type === 'attribution' ? 'attribution' : 'quote', content)),
      )
    case 'horizontalRule':
      return line('rule', [])
    case 'factBox':
      return joined(block.content.flatMap(partsOfBoxed))
    case 'table':
      return joined(
        block.content.flatMap((part) =>
          part.type === 'tableCaption'
            ? line('caption', part.content)
            : part.content.flatMap(({ content }, place) => line(place === 0 ? 'row' : 'cell', content)),
        ),
      )
    case 'embed': {
      const { href, title } = block.attrs
      return [...line('embed', []), ...partsOfLine(title === '' ? href : `${title} ${href}`)]
    }
    case 'correctionNote':
      return [...line('note', []), ...partsOfLine(String(block.attrs.correctionId))]
  }
}

const line = (sign: LineSign, content: Inline[]): Part[] => [{ type: 'line', sign, depth: 1 }, ...content]

function partsOfBoxed(part: FactBox['content'][number]): Part[] {
  switch (part.type) {
    case 'paragraph':
      return line('boxed', part.content)
    case 'heading':
      return line(part.attrs.level === 2 ? 'title' : 'smaller title', part.content)
    case 'bulletList':
    case 'orderedList':
      return partsOfList(part, 1)
  }
}

function partsOfList(list: List, depth: number): Part[] {
  return list.content.flatMap((item) => partsOfItem(item, list.type, depth))
}

function partsOfItem(item: ListItem, sign: List['type'], depth: number): Part[] {
  return item.content.flatMap((part: Paragraph | List, place): Part[] =>
    part.type === 'paragraph'
      ? [{ type: 'line', sign: place === 0 ? sign : 'continued', depth }, ...part.content]
      : partsOfList(part, depth + 1),
  )
}

/** Words without their order, and how often each is there. */
export type Bag = { words: Map<string, number>; size: number }

/** How much of their words two texts share: 0 is nothing, 1 is all. */
export function sharedWords(one: Bag, other: Bag): number {
  const [few, many] = one.words.size <= other.words.size ? [one, other] : [other, one]
  let shared = 0
  for (const [word, times] of few.words) shared += Math.min(times, many.words.get(word) ?? 0)
  const all = one.size + other.size
  return all === 0 ? 1 : (2 * shared) / all
}

/** The words of a text, whatever their marks. */
export function bagOfParts(parts: Part[]): Bag {
  return bagOf(tokensOf(parts).map((token) => (token.type === 'text' ? token.text : '')))
}

function bagOf(names: string[]): Bag {
  const words = new Map<string, number>()
  let size = 0
  for (const name of names) {
    if (!/[\p{L}\p{N}]/u.test(name)) continue
    words.set(name, (words.get(name) ?? 0) + 1)
    size += 1
  }
  return { words, size }
}

/** Words as readers see them; in scripts that put no spaces between words, signs. */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:[\p{N}\p{M}'’-]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])*|\p{N}(?:[\p{N}.,]*\p{N})?|\s+|[^\p{L}\p{N}\s]/gu

function tokensOf(parts: Part[]): Part[] {
  return parts.flatMap((part): Part[] => {
    if (part.type !== 'text') return [part]
    const { marks } = part
    return (part.text.match(WORDS) ?? []).map((text) => ({ type: 'text', text, marks }))
  })
}

/** Two tokens with the same name are the same. */
function nameOf(token: Part): string {
  if (token.type === 'text') return token.marks.length === 0 ? token.text : token.text + JSON.stringify(token.marks)
  return token.type === 'hardBreak' ? '\u0000' : `\u0000${token.sign}${token.depth}`
}

function replaced(older: Part[], newer: Part[]): Piece[] {
  return readable([
    { change: 'removed', parts: older },
    { change: 'added', parts: newer },
  ])
}

/** Where only a space stands between two changes, it is part of both: "old words" and "new words", not word by word. */
function readable(pieces: Piece[]): Piece[] {
  const read: Piece[] = []
  let removed: Part[] = []
  let added: Part[] = []
  const close = () => {
    if (removed.length > 0) read.push({ change: 'removed', parts: joined(removed) })
    if (added.length > 0) read.push({ change: 'added', parts: joined(added) })
    removed = []
    added = []
  }
  pieces.forEach(({ change, parts }, place) => {
    const isBetween = change === 'same' && removed.length > 0 && added.length > 0 && place < pieces.length - 1
    if (change === 'removed') removed = removed.concat(parts)
    else if (change === 'added') added = added.concat(parts)
    else if (isBetween && parts.every(isSpace)) {
      removed = removed.concat(parts)
      added = added.concat(parts)
    } else {
      close()
      read.push({ change, parts: joined(parts) })
    }
  })
  close()
  return read
}

const isSpace = (part: Part) => part.type === 'text' && part.text.trim() === ''

/** Neighbouring words with the same marks as one. */
export function joined(parts: Part[]): Part[] {
  const whole: Part[] = []
  for (const part of parts) {
    const last = whole.at(-1)
    if (last?.type === 'text' && part.type === 'text' && sameMarks(last.marks, part.marks))
      whole[whole.length - 1] = { ...last, text: last.text + part.text }
    else whole.push(part)
  }
  return whole
}

const sameMarks = (some: Mark[], others: Mark[]) => some === others || JSON.stringify(some) === JSON.stringify(others)
