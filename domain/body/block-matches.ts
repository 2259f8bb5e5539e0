import type { Block } from './body'
import { countSegmentWords, blockSegments, similarity } from './text-diff'

/** What a block was in an older body: where it stood, and whether it said the same in the same form. */
export type Match = { older: Block; olderIndex: number; same: boolean }

/** From this share of common words on, two blocks without a common id are one that was rewritten. */
const MIN_SIMILARITY = 0.5

/** How many words are looked up to find blocks that are alike; beyond it they are told as removed and added. */
const MAX_LOOKUPS = 2_000_000

/** For each newer block the older one it was, or null: by its id, which is for life; else by the same words; else by similar ones. */
export function matchBlocks(older: Block[], newer: Block[]): (Match | null)[] {
  const places = new Map(older.map(({ attrs }, index) => [attrs.id, index]))
  const matches = newer.map(({ attrs }) => places.get(attrs.id) ?? null)
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

/** The newer places of the most blocks that kept their order among each other; every other matched block was moved. */
export function unmovedIndexes(matches: (Match | null)[]): Set<number> {
  const places = matches.flatMap((match, index) => (match ? [{ place: index, older: match.olderIndex }] : []))
  // The longest increasing row: `ends[n]` is the smallest end of a row of n + 1, `before` the way back.
  const ends: number[] = []
  const before: (number | undefined)[] = []
  places.forEach(({ older }, index) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((places[ends[middle] ?? 0]?.older ?? 0) < older) low = middle + 1
      else high = middle
    }
    before.push(ends[low - 1])
    ends[low] = index
  })
  const stay = new Set<number>()
  for (let index = ends.at(-1); index !== undefined; index = before[index]) stay.add(places[index]?.place ?? 0)
  return stay
}

type MatchStep = (older: Block[], newer: Block[], matches: (number | null)[], used: Set<number | null>) => void

const matchEqual: MatchStep = (older, newer, matches, used) => {
  const unmatched = new Map<string, number[]>()
  // From the last to the first, so that the first is taken first.
  for (let index = older.length - 1; index >= 0; index -= 1) {
    const block = older[index]
    if (block === undefined || used.has(index) || !hasText(block)) continue
    const alike = unmatched.get(contentKey(block))
    if (alike) alike.push(index)
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
  const countsAt = (blocks: Block[], isOpen: (index: number) => boolean) =>
    blocks.flatMap((block, index) =>
      isOpen(index) ? [{ place: index, counts: countSegmentWords(blockSegments(block)) }] : [],
    )
  const candidates = countsAt(older, (index) => !used.has(index)).filter(({ counts }) => counts.total > 0)
  if (candidates.length === 0) return
  let lookups = MAX_LOOKUPS
  for (const { place: index, counts } of countsAt(newer, (index) => matches[index] === null)) {
    let [best, bestSimilarity] = [-1, MIN_SIMILARITY]
    for (const candidate of candidates) {
      lookups -= 1
      if (used.has(candidate.place)) continue
      lookups -= Math.min(counts.counts.size, candidate.counts.counts.size)
      const score = similarity(counts, candidate.counts)
      if (score >= bestSimilarity && (best === -1 || score > bestSimilarity))
        [best, bestSimilarity] = [candidate.place, score]
    }
    if (best !== -1) {
      matches[index] = best
      used.add(best)
    }
    if (lookups < 0) return
  }
}

const hasText = (block: Block) => blockSegments(block).some((part) => part.type === 'text' && part.text.trim() !== '')

const contentKeys = new WeakMap<Block, string>()

/** What a block says and in which form, without its id. */
export function contentKey(block: Block): string {
  const cached = contentKeys.get(block)
  if (cached !== undefined) return cached
  const key = JSON.stringify([block.type, block.type === 'heading' ? block.attrs.level : 0, blockSegments(block)])
  contentKeys.set(block, key)
  return key
}
