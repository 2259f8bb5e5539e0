/**
 * How long it takes to compare two versions of a long story, beside something everybody knows: reading and writing the same body as JSON.
 * Run: npx tsx bench/comparing-versions.ts
 */
import type { Body } from '@/domain/body/body'
import { readBody } from '@/domain/body/body-reader'
import { compareCopies, type ComparedCopy } from '@/domain/version/comparison'
import { nonsense } from './nonsense'

const WORDS = 5_000
const WORDS_IN_A_BLOCK = 60
const ROUNDS = 40

/** Every fifth word is another, every ninth block has moved to the end, every eleventh is gone and some are new. */
function bodyOf(isNewer: boolean): Body {
  const blocks = Array.from({ length: Math.ceil(WORDS / WORDS_IN_A_BLOCK) }, (_, block) => {
    const words = Array.from({ length: WORDS_IN_A_BLOCK }, (_, place) => {
      const seed = block * WORDS_IN_A_BLOCK + place
      return isNewer && seed % 5 === 0 ? nonsense(seed + 3) : nonsense(seed)
    })
    const id = isNewer && block % 11 === 5 ? `new-${block}` : `block-${block}`
    return { type: 'paragraph', attrs: { id }, content: [{ type: 'text', text: words.join(' ') }] }
  })
  const moved = (block: number) => isNewer && block % 9 === 4
  const content = [...blocks.filter((_, block) => !moved(block)), ...blocks.filter((_, block) => moved(block))]
  const body = readBody({ type: 'doc', content })
  if (body === null) throw new Error('The bench has no words.')
  return body
}

function copyOf(body: Body): ComparedCopy {
  const words = { headline: 'Moon ferry returns', kicker: null, standfirst: null, dateline: null, slug: 'moon-ferry' }
  return { ...words, sectionId: null, sectionName: '', body }
}

/** Of the processor, not of the clock: whoever else is using the machine does not count. */
function milliseconds(work: () => unknown): { middle: number; worst: number } {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1000
  }).sort((a, b) => a - b)
  return { middle: times[ROUNDS >> 1] ?? 0, worst: times.at(-1) ?? 0 }
}

const [older, newer] = [bodyOf(false), bodyOf(true)]
const json = JSON.stringify(newer)
// The comparison begins afresh every round, as it does in a request: bodies are read again, so nothing is remembered of them.
const afresh = (body: Body) => copyOf(structuredClone(body))
const pairs = Array.from({ length: ROUNDS + 1 }, () => [afresh(older), afresh(newer)] as const)
let round = 0
const comparing = milliseconds(() => {
  const [before, after] = pairs[(round += 1)] ?? pairs[0] ?? [afresh(older), afresh(newer)]
  return compareCopies(before, after)
})
const rewriting = milliseconds(() => JSON.stringify(JSON.parse(json)))
const kinds = new Map<string, number>()
for (const { kind } of compareCopies(afresh(older), afresh(newer)).blocks) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)

console.log(`${WORDS} words: ${[...kinds].map(([kind, count]) => `${count} blocks ${kind}`).join(', ')}`)
console.log(`comparing versions: ${comparing.middle.toFixed(2)} ms (worst ${comparing.worst.toFixed(2)} ms)`)
console.log(`JSON.parse + JSON.stringify of the newer body: ${rewriting.middle.toFixed(2)} ms`)
console.log(`ratio: ${(comparing.middle / rewriting.middle).toFixed(1)}`)
