import { diffArrays } from 'diff'
import { joinText, type Segment } from './segments'
import { wordCounts, type WordCounts } from './word-counts'

/** A run of segments that both texts have, or only one of them. */
export type DiffChunk = { change: 'same' | 'added' | 'removed'; segments: Segment[] }

/**
 * Limits the work of one comparison. Finding d different words takes at most d² steps; once they are used up,
 * differing text is shown as replaced whole.
 */
export class DiffBudget {
  constructor(private steps = DEFAULT_STEPS) {}

  /** The most different words that the next search may find. */
  maxEdits(): number {
    return Math.floor(Math.sqrt(this.steps))
  }

  spend(edits: number) {
    this.steps = Math.max(0, this.steps - edits ** 2)
  }
}

/** A fraction of a second on one core: some 1,400 different words in one block, or 140 in each of a hundred. */
const DEFAULT_STEPS = 2_000_000

/** Texts with a lower similarity are shown as replaced whole: word by word the result would be unreadable. */
const MIN_SIMILARITY = 0.25

/** Both texts merged: the chunks without those removed are the newer text, without those added the older. */
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

/** The words of a text, whatever their marks, and how many they are. */
type CountedWords = { counts: WordCounts; total: number }

/** The share of their words that two texts have in common, 0 to 1. */
export function similarity(one: CountedWords, other: CountedWords): number {
  const [smaller, larger] = one.counts.size <= other.counts.size ? [one, other] : [other, one]
  let shared = 0
  for (const [word, times] of smaller.counts) shared += Math.min(times, larger.counts.get(word) ?? 0)
  const total = one.total + other.total
  return total === 0 ? 1 : (2 * shared) / total
}

export function countSegmentWords(segments: Segment[]): CountedWords {
  return countTokens(tokenize(segments).map((token) => (token.type === 'text' ? token.text : '')))
}

function countTokens(tokens: string[]): CountedWords {
  const words = tokens.filter((token) => /[\p{L}\p{N}]/u.test(token))
  return { counts: wordCounts(words), total: words.length }
}

/** Words; in scripts without spaces between words, single characters. */
const TOKENS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}](?:[\p{N}\p{M}'’-]|[^\P{L}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])*|\p{N}(?:[\p{N}.,]*\p{N})?|\s+|[^\p{L}\p{N}\s]/gu

function tokenize(segments: Segment[]): Segment[] {
  return segments.flatMap((segment): Segment[] => {
    if (segment.type !== 'text') return [segment]
    const { marks } = segment
    return (segment.text.match(TOKENS) ?? []).map((text) => ({ type: 'text', text, marks }))
  })
}

/** Tokens with the same key are equal. */
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

/** A space between two changes becomes part of both, so that phrases are shown as replaced and not single words. */
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

const isSpace = (segment: Segment) => segment.type === 'text' && segment.text.trim() === ''
