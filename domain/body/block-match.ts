import type { Block } from './body'
import { bagOfParts, partsOfBlock, sharedWords } from './word-comparison'

/** What a block was in an older body: where it stood, and whether it said the same in the same form. */
export type Match = { older: Block; olderPlace: number; same: boolean }

/** From this share of common words on, two blocks without a common id are one that was rewritten. */
const ALIKE = 0.5

/** How many words are looked up to find blocks that are alike; beyond it they are told as removed and added. */
const LOOKUPS_AT_MOST = 2_000_000

/** For each newer block the older one it was, or null: by its id, which is for life; else by the same words; else by similar ones. */
export function matchBlocks(older: Block[], newer: Block[]): (Match | null)[] {
  const places = new Map(older.map(({ attrs }, place) => [attrs.id, place]))
  const matches = newer.map(({ attrs }) => places.get(attrs.id) ?? null)
  const taken = new Set(matches)
  matchSameWords(older, newer, matches, taken)
  matchSimilarWords(older, newer, matches, taken)
  return matches.map((olderPlace, place) => {
    const [was, is] = [olderPlace === null ? undefined : older[olderPlace], newer[place]]
    return was && is && olderPlace !== null ? { older: was, olderPlace, same: formOf(was) === formOf(is) } : null
  })
}

/** The newer places of the most blocks that kept their order among each other; every other matched block was moved. */
export function placesThatStay(matches: (Match | null)[]): Set<number> {
  const places = matches.flatMap((match, place) => (match ? [{ place, older: match.olderPlace }] : []))
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

type Matching = (older: Block[], newer: Block[], matches: (number | null)[], taken: Set<number | null>) => void

const matchSameWords: Matching = (older, newer, matches, taken) => {
  const waiting = new Map<string, number[]>()
  // From the last to the first, so that the first is taken first.
  for (let place = older.length - 1; place >= 0; place -= 1) {
    const block = older[place]
    if (block === undefined || taken.has(place) || !hasWords(block)) continue
    const alike = waiting.get(formOf(block))
    if (alike) alike.push(place)
    else waiting.set(formOf(block), [place])
  }
  if (waiting.size === 0) return
  newer.forEach((block, place) => {
    const was = matches[place] === null ? waiting.get(formOf(block))?.pop() : undefined
    if (was === undefined) return
    matches[place] = was
    taken.add(was)
  })
}

const matchSimilarWords: Matching = (older, newer, matches, taken) => {
  const bagsAt = (blocks: Block[], isOpen: (place: number) => boolean) =>
    blocks.flatMap((block, place) => (isOpen(place) ? [{ place, bag: bagOfParts(partsOfBlock(block)) }] : []))
  const gone = bagsAt(older, (place) => !taken.has(place)).filter(({ bag }) => bag.size > 0)
  if (gone.length === 0) return
  let lookups = LOOKUPS_AT_MOST
  for (const { place, bag } of bagsAt(newer, (place) => matches[place] === null)) {
    let [best, share] = [-1, ALIKE]
    for (const candidate of gone) {
      lookups -= 1
      if (taken.has(candidate.place)) continue
      lookups -= Math.min(bag.words.size, candidate.bag.words.size)
      const shared = sharedWords(bag, candidate.bag)
      if (shared >= share && (best === -1 || shared > share)) [best, share] = [candidate.place, shared]
    }
    if (best !== -1) {
      matches[place] = best
      taken.add(best)
    }
    if (lookups < 0) return
  }
}

const hasWords = (block: Block) => partsOfBlock(block).some((part) => part.type === 'text' && part.text.trim() !== '')

const forms = new WeakMap<Block, string>()

/** What a block says and in which form, without its id. */
export function formOf(block: Block): string {
  const known = forms.get(block)
  if (known !== undefined) return known
  const form = JSON.stringify([block.type, block.type === 'heading' ? block.attrs.level : 0, partsOfBlock(block)])
  forms.set(block, form)
  return form
}
