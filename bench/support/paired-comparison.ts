import { median } from './figures'
import { measure, type Load, type Measured } from './load'

/**
 * Many short rounds, each with all loads: these machines change their speed by half from second to second. So a ratio is the median of the rounds'
 * ratios, not a ratio of medians.
 */
export const ROUNDS = 41
export const ROUND_SECONDS = 0.3

/** Medians over the rounds; `bad` is their sum. */
export type Summary = Record<'perSecond' | 'p50' | 'p99' | 'bad', number> & Record<'cpu' | 'busy', number | null>

/** Responses per second, processor time and p99 of one, each divided by the other's. */
export type Compared = { perSecond: number; cpu: number | null; p99: number }
export type PairedComparison<Name extends string> = {
  summaries: Record<Name, Summary>
  compare: (one: Name, other: Name) => Compared
}

/** Runs all loads in turn, in reverse order in every second round. */
export async function comparePaired<Name extends string>(
  loads: Record<Name, Load>,
  rounds = ROUNDS,
): Promise<PairedComparison<Name>> {
  const names = Object.keys(loads) as Name[]
  const found = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<Name, Measured[]>
  for (const name of names) await measure({ ...loads[name], seconds: 0.5 })
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? names : names.toReversed()) found[name].push(await measure(loads[name]))
  const summaries = Object.fromEntries(names.map((name) => [name, medians(found[name])])) as Record<Name, Summary>
  return { summaries, compare: (one, other) => compared(found[one], found[other]) }
}

function compared(firsts: Measured[], others: Measured[]): Compared {
  const each = (pick: (round: Measured) => number | null) =>
    medianOfKnown(firsts.map((one, at) => share(pick(one), pick(others[at] ?? one))))
  return {
    perSecond: each(({ perSecond }) => perSecond) ?? Number.NaN,
    cpu: each(({ cpu }) => cpu),
    p99: each(({ p99 }) => p99) ?? Number.NaN,
  }
}

const share = (one: number | null, other: number | null) =>
  one === null || other === null || other === 0 ? null : one / other

function medianOfKnown(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : median(known)
}

function medians(rounds: Measured[]): Summary {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    bad: rounds.reduce((sum, { bad }) => sum + bad, 0),
    cpu: medianOfKnown(rounds.map(({ cpu }) => cpu)),
    busy: medianOfKnown(rounds.map(({ busy }) => busy)),
  }
}
