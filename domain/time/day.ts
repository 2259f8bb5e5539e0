import { dateTimeFormat } from './formatters'

/** When the next day begins in a time zone: a page that shows today's date is stale then. */
export function nextMidnight(now: Date, timeZone: string): Date {
  const today = dayAt(now, timeZone)
  let [before, after] = [now.getTime(), now.getTime() + 27 * 60 * 60 * 1000]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayAt(new Date(middle), timeZone) === today) before = middle
    else after = middle
  }
  return new Date(after)
}

export function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

/** The day in a time zone, as `2026-11-24`. */
export function dayAt(moment: Date, timeZone: string): string {
  return dateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(moment)
}
