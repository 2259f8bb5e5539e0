/** Scheduled moments: a story goes live, its changes do, it is unpublished, its embargo ends. */
export const upcomingKinds = ['live', 'changes', 'unpublish', 'embargo'] as const
export type UpcomingKind = (typeof upcomingKinds)[number]

export type Upcoming = {
  kind: UpcomingKind
  at: Date
  storyId: number
  headline: string
  sectionName: string | null
}

/** Past moments: a story went live or was withdrawn, by its schedule or by hand. */
export const pastKinds = ['went-live', 'withdrawn'] as const
export type PastKind = (typeof pastKinds)[number]
export type Past = Omit<Upcoming, 'kind'> & { kind: PastKind }

export const momentLabels: Record<UpcomingKind | PastKind, string> = {
  live: 'Goes live',
  changes: 'Changes go live',
  unpublish: 'Is unpublished',
  embargo: 'Embargo ends',
  'went-live': 'Went live',
  withdrawn: 'Was withdrawn',
}

/** The earliest `limit` moments of several lists, in order. */
export function earliestOf<Moment extends { at: Date; storyId: number }>(found: Moment[][], limit: number): Moment[] {
  const byTime = (one: Moment, other: Moment) => one.at.getTime() - other.at.getTime() || one.storyId - other.storyId
  return found.flat().sort(byTime).slice(0, limit)
}
