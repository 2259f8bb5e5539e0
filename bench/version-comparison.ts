import type { Body } from '@/domain/body/body'
import { parseBody } from '@/domain/body/body-parser'
import { compareCopies, type ComparedCopy } from '@/domain/revision/comparison'
import { median, milliseconds, quantile, ratio, whole } from './support/figures'
import { sampleWord } from './support/sample-text'
import type { Findings } from './support/report'
import { blankCopy } from '@/domain/copy/copy'

const WORDS = 5_000
const WORDS_PER_BLOCK = 60
const ROUNDS = 40

/** In the newer body every fifth word differs, every ninth block has moved to the end and every eleventh is new. */
function bodyOf(isNewer: boolean): Body {
  const blocks = Array.from({ length: Math.ceil(WORDS / WORDS_PER_BLOCK) }, (_, block) => {
    const words = Array.from({ length: WORDS_PER_BLOCK }, (_, place) => {
      const seed = block * WORDS_PER_BLOCK + place
      return isNewer && seed % 5 === 0 ? sampleWord(seed + 3) : sampleWord(seed)
    })
    const id = isNewer && block % 11 === 5 ? `new-${block}` : `block-${block}`
    return { type: 'paragraph', attrs: { id }, content: [{ type: 'text', text: words.join(' ') }] }
  })
  const moved = (block: number) => isNewer && block % 9 === 4
  const content = [...blocks.filter((_, block) => !moved(block)), ...blocks.filter((_, block) => moved(block))]
  const body = parseBody({ type: 'doc', content })
  if (body === null) throw new Error('The body is empty.')
  return body
}

function copyOf(body: Body): ComparedCopy {
  return { ...blankCopy(), headline: 'Moon ferry returns', slug: 'moon-ferry', sectionName: '', body }
}

/** Milliseconds of processor time, so that other processes do not count. */
function cpuTimeOf(work: () => unknown): number {
  const startedAt = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(startedAt)
  return (user + system) / 1000
}

/**
 * Comparing two versions of a story of 5,000 words, relative to parsing and serialising the same body as JSON.
 */
export function benchVersionComparison(): Promise<Findings> {
  const [older, newer] = [bodyOf(false), bodyOf(true)]
  // Bodies are read anew every round, as in a request, so that nothing is memoised.
  const fresh = (body: Body) => copyOf(structuredClone(body))
  const pairs = Array.from({ length: ROUNDS }, () => [fresh(older), fresh(newer)] as const)
  const kinds = new Map<string, number>()
  const comparing = pairs.map(([before, after]) =>
    cpuTimeOf(() => {
      kinds.clear()
      for (const { kind } of compareCopies(before, after).blocks) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }),
  )
  const json = JSON.stringify(newer)
  const rewriting = pairs.map(() => cpuTimeOf(() => JSON.stringify(JSON.parse(json))))
  const row = (what: string, times: number[]) => [
    what,
    milliseconds(median(times)),
    milliseconds(quantile(times, 1)),
    ratio(median(times) / median(rewriting)),
  ]
  const table = {
    title: `Comparing two versions of ${whole(WORDS)} words`,
    head: ['', 'median', 'longest', 'beside JSON'],
    rows: [row('comparing', comparing), row('JSON.parse and JSON.stringify of the newer body', rewriting)],
    notes: [
      `${ROUNDS} rounds of the processor’s time. Blocks: ${[...kinds].map((kind) => kind.reverse().join(' ')).join(', ')}.`,
    ],
  }
  return Promise.resolve({ tables: [table], figures: { comparing, rewriting } })
}
