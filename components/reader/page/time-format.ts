const timeStyles = {
  full: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  // With the year: lists go back to the first day, and a page may be cached over New Year.
  short: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  day: { dateStyle: 'full' },
} as const
export type TimeStyle = keyof typeof timeStyles

/** Creating a formatter takes longer than formatting all the times of a page. */
const formatters = new Map<string, Intl.DateTimeFormat>()

export function formatTime(at: Date, timeZone: string, timeStyle: TimeStyle): string {
  const key = `${timeStyle} ${timeZone}`
  const format = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...timeStyles[timeStyle], timeZone })
  formatters.set(key, format)
  return format.format(at)
}
