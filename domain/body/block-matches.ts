import { blockSegments, blockVariant, type Block } from './blocks'
import { longestIncreasing } from './subsequence'
import { countSegmentWords, similarity } from './text-diff'

/** The older block that a newer one was, its index, and whether type and content are equal. */
export type Match = { older: Block; olderIndex: number; same: boolean }

/** From this similarity on, two blocks without a common id count as one that was rewritten. */
const MIN_SIMILARITY = 0.5

/** Limits the search for similar blocks; beyond it they are reported as removed and added. Words. */
const MAX_LOOKUPS = 2_000_000

/** For each newer block the older one it was, or null: by id, else by equal content, else by similar content. */
export function matchBlocks(older: Block[], newer: Block[]): (Match | null)[] {
  const indexes = new Map(older.map(({ attrs }, index) => [attrs.id, index]))
  const matches = newer.map(({ attrs }) => indexes.get(attrs.id) ?? null)
  const used = new Set(matches)
  matchEqual(older, newer, matches, used)
  matchSimilar(older, newer, matches, used)
  return matches.map((olderIndex, index) => {
    const [was, is] = [olderIndex === null ? undefined : older[olderIndex], newer[index]]
    return was && is && olderIndex !== null
      ? { older: was, olderIndex, same: contentKey(was) === contentKey(is) }
      : null
  })
}

/** The newer indexes of the most blocks that kept their order; every other matched block was moved. */
export function unmovedIndexes(matches: (Match | null)[]): Set<number> {
  return longestIncreasing(matches.map((match) => match?.olderIndex))
}

type MatchStep = (older: Block[], newer: Block[], matches: (number | null)[], used: Set<number | null>) => void

const matchEqual: MatchStep = (older, newer, matches, used) => {
  const unmatched = new Map<string, number[]>()
  // Backwards, so that `pop` returns the first.
  for (let index = older.length - 1; index >= 0; index -= 1) {
    const block = older[index]
    if (block === undefined || used.has(index) || !hasText(block)) continue
    const equal = unmatched.get(contentKey(block))
    if (equal) equal.push(index)
    else unmatched.set(contentKey(block), [index])
  }
  if (unmatched.size === 0) return
  newer.forEach((block, index) => {
    const was = matches[index] === null ? unmatched.get(contentKey(block))?.pop() : undefined
    if (was === undefined) return
    matches[index] = was
    used.add(was)
  })
}

const matchSimilar: MatchStep = (older, newer, matches, used) => {
  const wordsAt = (blocks: Block[], isOpen: (index: number) => boolean) =>
    blocks.flatMap((block, index) => (isOpen(index) ? [{ index, words: countSegmentWords(blockSegments(block)) }] : []))
  const candidates = wordsAt(older, (index) => !used.has(index)).filter(({ words }) => words.total > 0)
  if (candidates.length === 0) return
  let lookups = MAX_LOOKUPS
  for (const { index, words } of wordsAt(newer, (index) => matches[index] === null)) {
    let [best, bestSimilarity] = [-1, MIN_SIMILARITY]
    for (const candidate of candidates) {
      lookups -= 1
      if (used.has(candidate.index)) continue
      lookups -= Math.min(words.counts.size, candidate.words.counts.size)
      const score = similarity(words, candidate.words)
      if (score >= bestSimilarity && (best === -1 || score > bestSimilarity))
        [best, bestSimilarity] = [candidate.index, score]
    }
    if (best !== -1) {
      matches[index] = best
      used.add(best)
    }
    if (lookups < 0) return
  }
}

const hasText = (block: Block) =>
  blockSegments(block).some((segment) => segment.type === 'text' && segment.text.trim() !== '')

const contentKeys = new WeakMap<Block, string>()

/** A block's type and content, without its id. Its hash is sent by the restore buttons, so the form must stay. */
export function contentKey(block: Block): string {
  const cached = contentKeys.get(block)
  if (cached !== undefined) return cached
  const key = JSON.stringify([block.type, blockVariant(block), blockSegments(block)])
  contentKeys.set(block, key)
  return key
}
