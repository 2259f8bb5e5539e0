import { toTypedTime } from './newsroom-time'

/** What comes true by itself: a story goes live, its changes do, it is unpublished, its embargo ends. */
export const upcomingKinds = ['live', 'changes', 'unpublish', 'embargo'] as const
export type UpcomingKind = (typeof upcomingKinds)[number]

/** One moment of what comes next, with the story as it will be told then. */
export type Upcoming = {
  kind: UpcomingKind
  at: Date
  storyId: number
  headline: string
  sectionName: string | null
}

/** What has come true: a story went live, by itself or by hand, or was withdrawn. */
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

/** The first `most` of what several questions found, the earliest first. */
export function earliestOf<Moment extends { at: Date; storyId: number }>(found: Moment[][], limit: number): Moment[] {
  const byTime = (one: Moment, other: Moment) => one.at.getTime() - other.at.getTime() || one.storyId - other.storyId
  return found.flat().sort(byTime).slice(0, limit)
}

/** A day as `2026-11-24`, and a month as `2026-11`, in the newsroom's zone. */
export type Day = string
export type Month = string

export function dayOf(at: Date, timeZone: string): Day {
  return toTypedTime(at, timeZone).slice(0, 10)
}

/** Moments day by day, in their order. */
export function byDay<Moment extends { at: Date }>(moments: Moment[], timeZone: string): Map<Day, Moment[]> {
  const days = new Map<Day, Moment[]>()
  for (const moment of moments) {
    const day = dayOf(moment.at, timeZone)
    days.set(day, [...(days.get(day) ?? []), moment])
  }
  return days
}

/** The month that an address asks for (`?month=2026-11`); one that cannot be read is the present one. */
export function requestedMonth(typed: string | string[] | undefined, now: Date, timeZone: string): Month {
  const present = dayOf(now, timeZone).slice(0, 7)
  const requested = Array.isArray(typed) ? typed[0] : typed
  return requested !== undefined && /^2\d{3}-(?:0[1-9]|1[0-2])$/u.test(requested) ? requested : present
}

/** The weeks of a month, each of seven days from Monday on; days of its neighbours are null. */
export function weeksOf(month: Month): (Day | null)[][] {
  const first = new Date(`${month}-01T00:00:00Z`)
  const mondayFirst = (first.getUTCDay() + 6) % 7
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const cells = Array.from({ length: Math.ceil((mondayFirst + days) / 7) * 7 }, (_, cell) => {
    const day = cell - mondayFirst + 1
    return day < 1 || day > days ? null : `${month}-${String(day).padStart(2, '0')}`
  })
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** The month that lies some months after another. */
export function monthAfter(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}
