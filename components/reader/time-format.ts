const looks = {
  full: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  // With its year: lists go back to the first day, and a page may be remembered over New Year.
  short: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { dateStyle: 'full' },
} as const
export type Look = keyof typeof looks

/** Making a format takes longer than printing all the times of a page with it. */
const made = new Map<string, Intl.DateTimeFormat>()

/** A moment in words, in a time zone. */
export function inWords(at: Date, timeZone: string, look: Look): string {
  const key = `${look} ${timeZone}`
  const format = made.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...looks[look], timeZone })
  made.set(key, format)
  return format.format(at)
}
