import { formatMoment } from '../time/newsroom-time'

/** On what grounds a picture may be used. Stored: append only. */
export const rightsCategories = [
  'none',
  'staff',
  'commissioned',
  'agency',
  'handout',
  'pool',
  'pr',
  'screengrab',
  'social-media',
  'creative-commons',
  'public-domain',
  'crown-copyright',
] as const
export type RightsCategory = (typeof rightsCategories)[number]

type Category = {
  label: string
  /** How the picture may be used, unless the desk says otherwise; null: freely. */
  restriction: string | null
}

export const categories: Record<RightsCategory, Category> = {
  none: { label: 'None', restriction: 'Nobody has said that this picture may be used.' },
  staff: { label: 'Staff', restriction: null },
  commissioned: { label: 'Commissioned', restriction: null },
  agency: {
    label: 'Agency',
    restriction: 'Only as the subscription allows; look at the instructions of the picture.',
  },
  handout: { label: 'Handout', restriction: 'Only with a story about what it was handed out for.' },
  pool: { label: 'Pool', restriction: 'Only as the members of the pool have agreed.' },
  pr: { label: 'PR', restriction: 'Only with a story about what it promotes, with its sender named.' },
  screengrab: {
    label: 'Screengrab',
    restriction: 'Only to report on the broadcast or page that it shows, with the source named.',
  },
  'social-media': {
    label: 'Social media',
    restriction: 'Only after asking who took it, and after checking that it shows what is said of it.',
  },
  'creative-commons': {
    label: 'Creative Commons',
    restriction: 'Only as the licence says, with the author and the licence named.',
  },
  'public-domain': { label: 'Public domain', restriction: null },
  'crown-copyright': { label: 'Crown copyright', restriction: 'Only unchanged, with the copyright named.' },
}

/** The licences of Creative Commons, each with its address. */
export const licences = {
  'CC BY 4.0': 'https://creativecommons.org/licenses/by/4.0/',
  'CC BY-SA 4.0': 'https://creativecommons.org/licenses/by-sa/4.0/',
  'CC BY-ND 4.0': 'https://creativecommons.org/licenses/by-nd/4.0/',
  'CC BY-NC 4.0': 'https://creativecommons.org/licenses/by-nc/4.0/',
  'CC BY-NC-SA 4.0': 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
  'CC BY-NC-ND 4.0': 'https://creativecommons.org/licenses/by-nc-nd/4.0/',
  'CC BY 3.0': 'https://creativecommons.org/licenses/by/3.0/',
  'CC BY-SA 3.0': 'https://creativecommons.org/licenses/by-sa/3.0/',
  'CC BY 2.0': 'https://creativecommons.org/licenses/by/2.0/',
  'CC BY-SA 2.0': 'https://creativecommons.org/licenses/by-sa/2.0/',
  'CC0 1.0': 'https://creativecommons.org/publicdomain/zero/1.0/',
} as const
export type Licence = keyof typeof licences
export const licenceNames = Object.keys(licences) as Licence[]

export type Rights = {
  category: RightsCategory
  /** Of Creative Commons only. */
  licence: Licence | null
  /** Null: that of the category. */
  restriction: string | null
  note: string | null
}

/** How a picture may be used; null: freely. */
export const restrictionOf = ({ category, restriction }: Pick<Rights, 'category' | 'restriction'>): string | null =>
  restriction ?? categories[category].restriction

export const leaseKinds = ['allow', 'deny'] as const
export type LeaseKind = (typeof leaseKinds)[number]

/** From `from` on and before `until`; null: without a beginning, or an end. */
export type Lease = { id: number; kind: LeaseKind; from: Date | null; until: Date | null; note: string }

/** Why a picture may not be used. A denial may end by itself. */
export type RightsRefusal =
  | { why: 'no-rights' }
  | { why: 'denied'; note: string; from: Date | null; until: Date | null }
  | { why: 'not-yet'; from: Date }
  | { why: 'over'; until: Date }

/** @param timeZone the newsroom’s */
export function rightsRefusalSentence(refusal: RightsRefusal, timeZone: string): string {
  switch (refusal.why) {
    case 'no-rights':
      return 'nobody has said that it may be used.'
    case 'denied': {
      const from = refusal.from === null ? '' : ` since ${formatMoment(refusal.from, timeZone)}`
      const until = refusal.until === null ? '' : ` until ${formatMoment(refusal.until, timeZone)}`
      return `it may not be used${from}${until} (${refusal.note}).`
    }
    case 'not-yet':
      return `it may be used from ${formatMoment(refusal.from, timeZone)} on.`
    case 'over':
      return `it could be used until ${formatMoment(refusal.until, timeZone)}.`
  }
}

const holds = ({ from, until }: Lease, at: Date) => (from === null || from <= at) && (until === null || at < until)

/**
 * Whether a picture may be used at a moment; null: it may. Of the leases that hold then, the newest decides, so that an allowance with its reason
 * stands above an older denial, and a denial above everything before it. Where none holds, the category decides, but a picture with an allow lease may
 * be used under one only. The same as SQL: `isUsableAt` (db/schema/picture.ts).
 * @param leases without those that were ended by hand
 */
export function refusalAt(category: RightsCategory, leases: readonly Lease[], at: Date): RightsRefusal | null {
  const newestFirst = leases.toSorted((one, other) => other.id - one.id)
  const [newest] = newestFirst.filter((lease) => holds(lease, at))
  if (newest)
    return newest.kind === 'allow' ? null : { why: 'denied', note: newest.note, from: newest.from, until: newest.until }
  const allowed = newestFirst.filter(({ kind }) => kind === 'allow')
  if (allowed.length === 0) return category === 'none' ? { why: 'no-rights' } : null
  const begins = earliest(allowed.flatMap(({ from }) => (from !== null && from > at ? [from] : [])))
  if (begins !== null) return { why: 'not-yet', from: begins }
  const ended = allowed.flatMap(({ until }) => (until !== null ? [until] : []))
  return { why: 'over', until: new Date(Math.max(...ended.map(Number))) }
}

export const usableAt = (category: RightsCategory, leases: readonly Lease[], at: Date): boolean =>
  refusalAt(category, leases, at) === null

/** When a lease next begins or ends; null: never. Until then nothing changes by itself. */
export function nextBoundary(leases: readonly Pick<Lease, 'from' | 'until'>[], after: Date): Date | null {
  return earliest(leases.flatMap(({ from, until }) => [from, until]).filter((at) => at !== null && at > after))
}

/** When a picture that may be used now may be used no more; null: that does not come by itself. */
export function usableUntil(category: RightsCategory, leases: readonly Lease[], now: Date): Date | null {
  let at = nextBoundary(leases, now)
  while (at !== null && usableAt(category, leases, at)) at = nextBoundary(leases, at)
  return at
}

function earliest(moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((at) => at !== null).map(Number)
  return known.length === 0 ? null : new Date(Math.min(...known))
}
