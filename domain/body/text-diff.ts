import { diffArrays } from 'diff'
import type { Block, FactBox, Inline, List, ListItem, Mark, Paragraph } from './body'

/** What a text is made of when it is compared: words with their marks, line breaks, and the beginnings of lines in blocks that have several. */
export type Segment =
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
export type DiffChunk = { change: 'same' | 'added' | 'removed'; segments: Segment[] }

/**
 * How much searching one comparison may do. Finding d different words takes at most d² steps; when they are used up,
 * what differs is shown as replaced whole.
 */
export class DiffBudget {
  constructor(private steps = DEFAULT_STEPS) {}

  /** The most different words that may be searched for now. */
  maxEdits(): number {
    return Math.floor(Math.sqrt(this.steps))
  }

  spend(maxEdits: number) {
    this.steps = Math.max(0, this.steps - maxEdits ** 2)
  }
}

/** A fraction of a second on one core: some 1,400 different words in one block, or 140 in each of a hundred. */
const DEFAULT_STEPS = 2_000_000

/** Two texts that share less of their words than this are told apart whole: word by word nobody could read it. */
const MIN_SIMILARITY = 0.25

/** The older text and the newer one in one row: without what was removed it is the newer, without what was added the older. */
export function diffSegments(older: Segment[], newer: Segment[], budget: DiffBudget): DiffChunk[] {
  const [before, after] = [tokenize(older), tokenize(newer)]
  const [beforeKeys, afterKeys] = [before.map(tokenKey), after.map(tokenKey)]
  if (similarity(countTokens(beforeKeys), countTokens(afterKeys)) < MIN_SIMILARITY) return replaced(before, after)
  const maxEdits = budget.maxEdits()
  const changes = diffArrays(beforeKeys, afterKeys, { maxEditLength: maxEdits })
  budget.spend(
    changes ? changes.reduce((sum, { added, removed, count }) => sum + (added || removed ? count : 0), 0) : maxEdits,
  )
  if (!changes) return replaced(before, after)
  const chunks: DiffChunk[] = []
  let [olderIndex, newerIndex] = [0, 0]
  for (const { added, removed, count } of changes) {
    if (removed) chunks.push({ change: 'removed', segments: before.slice(olderIndex, olderIndex + count) })
    else chunks.push({ change: added ? 'added' : 'same', segments: after.slice(newerIndex, newerIndex + count) })
    if (!added) olderIndex += count
    if (!removed) newerIndex += count
  }
  return mergeChanges(chunks)
}

/** A line of words without marks. */
export function textSegments(text: string): Segment[] {
  return text === '' ? [] : [{ type: 'text', text: text, marks: [] }]
}

export function blockSegments(block: Block): Segment[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return joinText(block.content)
    case 'blockquote':
      return joinText(block.content.flatMap(({ content }) => line('quote', content)))
    case 'bulletList':
    case 'orderedList':
      return joinText(listSegments(block, 1))
    case 'pullQuote':
      return joinText(
        block.content.flatMap(({ type, content }) => line(type === 'attribution' ? 'attribution' : 'quote', content)),
      )
    case 'horizontalRule':
      return line('rule', [])
    case 'factBox':
      return joinText(block.content.flatMap(factBoxSegments))
    case 'table':
      return joinText(
        block.content.flatMap((part) =>
          part.type === 'tableCaption'
            ? line('caption', part.content)
            : part.content.flatMap(({ content }, index) => line(index === 0 ? 'row' : 'cell', content)),
        ),
      )
    case 'embed': {
      const { href, title } = block.attrs
      return [...line('embed', []), ...textSegments(title === '' ? href : `${title} ${href}`)]
    }
    case 'correctionNote':
      return [...line('note', []), ...textSegments(String(block.attrs.correctionId))]
  }
}

const line = (sign: LineSign, content: Inline[]): Segment[] => [{ type: 'line', sign, depth: 1 }, ...content]

function factBoxSegments(part: FactBox['content'][number]): Segment[] {
  switch (part.type) {
    case 'paragraph':
      return line('boxed', part.content)
    case 'heading':
      return line(part.attrs.level === 2 ? 'title' : 'smaller title', part.content)
    case 'bulletList':
    case 'orderedList':
      return listSegments(part, 1)
  }
}

function listSegments(list: List, depth: number): Segment[] {
  return list.content.flatMap((item) => itemSegments(item, list.type, depth))
}

function itemSegments(item: ListItem, sign: List['type'], depth: number): Segment[] {
  return item.content.flatMap((part: Paragraph | List, index): Segment[] =>
    part.type === 'paragraph'
      ? [{ type: 'line', sign: index === 0 ? sign : 'continued', depth }, ...part.content]
      : listSegments(part, depth + 1),
  )
}

/** Words without their order, and how often each is there. */
export type WordCounts = { counts: Map<string, number>; total: number }

/** How much of their words two texts share: 0 is nothing, 1 is all. */
export function similarity(one: WordCounts, other: WordCounts): number {
  const [smaller, larger] = one.counts.size <= other.counts.size ? [one, other] : [other, one]
  let shared = 0
  for (const [word, times] of smaller.counts) shared += Math.min(times, larger.counts.get(word) ?? 0)
  const total = one.total + other.total
  return total === 0 ? 1 : (2 * shared) / total
}

/** The words of a text, whatever their marks. */
export function countSegmentWords(segments: Segment[]): WordCounts {
  return countTokens(tokenize(segments).map((token) => (token.type === 'text' ? token.text : '')))
}

function countTokens(tokens: string[]): WordCounts {
  const counts = new Map<string, number>()
  let total = 0
  for (const name of tokens) {
    if (!/[\p{L}\p{N}]/u.test(name)) continue
    counts.set(name, (counts.get(name) ?? 0) + 1)
    total += 1
  }
  return { counts, total }
}

/** Words as readers see them; in scripts that put no spaces between words, signs. */
const TOKENS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:[\p{N}\p{M}'’-]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])*|\p{N}(?:[\p{N}.,]*\p{N})?|\s+|[^\p{L}\p{N}\s]/gu

function tokenize(segments: Segment[]): Segment[] {
  return segments.flatMap((part): Segment[] => {
    if (part.type !== 'text') return [part]
    const { marks } = part
    return (part.text.match(TOKENS) ?? []).map((text) => ({ type: 'text', text, marks }))
  })
}

/** Two tokens with the same name are the same. */
function tokenKey(token: Segment): string {
  if (token.type === 'text') return token.marks.length === 0 ? token.text : token.text + JSON.stringify(token.marks)
  return token.type === 'hardBreak' ? '\u0000' : `\u0000${token.sign}${token.depth}`
}

function replaced(older: Segment[], newer: Segment[]): DiffChunk[] {
  return mergeChanges([
    { change: 'removed', segments: older },
    { change: 'added', segments: newer },
  ])
}

/** Where only a space stands between two changes, it is part of both: "old words" and "new words", not word by word. */
function mergeChanges(chunks: DiffChunk[]): DiffChunk[] {
  const merged: DiffChunk[] = []
  let removed: Segment[] = []
  let added: Segment[] = []
  const flush = () => {
    if (removed.length > 0) merged.push({ change: 'removed', segments: joinText(removed) })
    if (added.length > 0) merged.push({ change: 'added', segments: joinText(added) })
    removed = []
    added = []
  }
  chunks.forEach(({ change, segments }, index) => {
    const isBetweenChanges = change === 'same' && removed.length > 0 && added.length > 0 && index < chunks.length - 1
    if (change === 'removed') removed = removed.concat(segments)
    else if (change === 'added') added = added.concat(segments)
    else if (isBetweenChanges && segments.every(isSpace)) {
      removed = removed.concat(segments)
      added = added.concat(segments)
    } else {
      flush()
      merged.push({ change, segments: joinText(segments) })
    }
  })
  flush()
  return merged
}

const isSpace = (part: Segment) => part.type === 'text' && part.text.trim() === ''

/** Neighbouring words with the same marks as one. */
export function joinText(segments: Segment[]): Segment[] {
  const result: Segment[] = []
  for (const part of segments) {
    const last = result.at(-1)
    if (last?.type === 'text' && part.type === 'text' && sameMarks(last.marks, part.marks))
      result[result.length - 1] = { ...last, text: last.text + part.text }
    else result.push(part)
  }
  return result
}

const sameMarks = (some: Mark[], others: Mark[]) => some === others || JSON.stringify(some) === JSON.stringify(others)
