import { dayAt } from './day'

/** A day as `2026-11-24`, and a month as `2026-11`, in the newsroom's zone. */
export type Day = string
export type Month = string

/** Moments by day, in order. */
export function byDay<Moment extends { at: Date }>(moments: Moment[], timeZone: string): Map<Day, Moment[]> {
  const days = new Map<Day, Moment[]>()
  for (const moment of moments) {
    const day = dayAt(moment.at, timeZone)
    days.set(day, [...(days.get(day) ?? []), moment])
  }
  return days
}

/** The month of a query (`?month=2026-11`); an unreadable one is the present month. */
export function requestedMonth(typed: string | string[] | undefined, now: Date, timeZone: string): Month {
  const present = dayAt(now, timeZone).slice(0, 7)
  const requested = Array.isArray(typed) ? typed[0] : typed
  return requested !== undefined && /^2\d{3}-(?:0[1-9]|1[0-2])$/u.test(requested) ? requested : present
}

/** The weeks of a month from Monday on; days of other months are null. */
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

export function monthAfter(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}
