/** The moment at which the next day begins in a time zone: until then a page that shows today's date is true. */
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

/** The earlier of two moments, where there are any. */
export function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}

/** Making a format takes far longer than using it, and the search for midnight uses it thirty times. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The day there as machines write it, year-month-day. */
export function dayAt(moment: Date, timeZone: string): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  return format.format(moment)
}
