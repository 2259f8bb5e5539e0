import { dateTimeFormat } from './formatters'

/** A typed local time is one moment; none where the clocks go forward; two where they go back. */
export type TypedTime =
  { kind: 'once'; at: Date } | { kind: 'never' } | { kind: 'twice'; first: Date; second: Date } | { kind: 'unreadable' }

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Later years are written with a sign, which Postgres does not parse. */
const YEAR_10000 = Date.UTC(10_000, 0)

/**
 * Parses a local time as `<input type="datetime-local">` sends it (`2026-11-24T21:30`, with or without seconds).
 * @param timeZone an IANA name; an unknown one is unreadable
 */
export function readTypedTime(typed: string, timeZone: string): TypedTime {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d{1,3})?)?$/u.exec(typed.trim())
  if (!parts || !isTimeZone(timeZone)) return { kind: 'unreadable' }
  const [, day = '', minutes = '', seconds = '00'] = parts
  const asUtc = Date.parse(`${day}T${minutes}:${seconds}Z`)
  // Date.parse takes the 30th of February for the 2nd of March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(`${day}T${minutes}:${seconds}`))
    return { kind: 'unreadable' }
  const offsets = new Set([asUtc - DAY, asUtc + DAY].map((near) => offsetAt(near, timeZone)))
  const moments = [...offsets].map((offset) => asUtc - offset).filter((at) => at + offsetAt(at, timeZone) === asUtc)
  const [first, second] = moments.sort((one, other) => one - other)
  if (moments.some((at) => at >= YEAR_10000)) return { kind: 'unreadable' }
  if (first === undefined) return { kind: 'never' }
  if (second === undefined) return { kind: 'once', at: new Date(first) }
  return { kind: 'twice', first: new Date(first), second: new Date(second) }
}

/** A moment as a value of `<input type="datetime-local">`, to the second. */
export function toTypedTime(at: Date, timeZone: string): string {
  return new Date(at.getTime() + offsetAt(at.getTime(), timeZone)).toISOString().slice(0, 19)
}

/** When a day (`2026-11-24`) begins in a zone: at one o’clock or later where the clocks go forward at midnight. */
export function startOfDay(day: string, timeZone: string): Date {
  for (const hour of ['00:00', '01:00', '02:00']) {
    const time = readTypedTime(`${day}T${hour}`, timeZone)
    if (time.kind === 'once') return time.at
    if (time.kind === 'twice') return time.first
  }
  throw new Error(`${day} has no beginning in ${timeZone}.`)
}

/** A moment in the newsroom's zone, and in UTC where that differs; with seconds only where there are any. */
export function formatMoment(at: Date, timeZone: string): string {
  const day = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  const time = { ...timeOfDayFormat(at), timeZoneName: 'short' } as const
  const local = dateTimeFormat('en-GB', { timeZone, ...day, ...time }).format(at)
  if (offsetAt(at.getTime(), timeZone) === 0) return local
  const utc = dateTimeFormat('en-GB', { timeZone: 'UTC', ...time, day: 'numeric', month: 'long' }).format(at)
  return `${local} (${utc})`
}

export const ambiguousTimes = {
  never: 'That time does not exist: the clocks go forward in that hour.',
  twice: 'That time comes twice: the clocks go back in that hour.',
} as const

/** Describes a typed time while it is typed; empty while it is unreadable. */
export function describeTypedTime(typed: string, timeZone: string): string {
  const time = readTypedTime(typed, timeZone)
  switch (time.kind) {
    case 'unreadable':
      return ''
    case 'never':
    case 'twice':
      return ambiguousTimes[time.kind]
    case 'once':
      return `${formatMoment(time.at, timeZone)}.`
  }
}

/** Options for `Intl.DateTimeFormat`; with seconds only where there are any. */
export function timeOfDayFormat(at: Date) {
  const minutes = { hour: '2-digit', minute: '2-digit' } as const
  return at.getTime() % MINUTE === 0 ? minutes : ({ ...minutes, second: '2-digit' } as const)
}

/** The time of day; with the zone only in the hour that the clocks repeat. */
export function formatTimeOfDay(at: Date, timeZone: string): string {
  const isTwice = readTypedTime(toTypedTime(at, timeZone), timeZone).kind === 'twice'
  const zone = isTwice ? ({ timeZoneName: 'short' } as const) : {}
  return dateTimeFormat('en-GB', { timeZone, ...timeOfDayFormat(at), ...zone }).format(at)
}

/** The offset of a zone from UTC at a moment. Milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = wallClockFormat(timeZone).formatToParts(at)
  const value = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  const shown = new Date(0)
  shown.setUTCFullYear(value('year'), value('month') - 1, value('day'))
  shown.setUTCHours(value('hour'), value('minute'), value('second'))
  return shown.getTime() - Math.floor(at / 1000) * 1000
}

export function isTimeZone(name: string): boolean {
  try {
    dateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function wallClockFormat(timeZone: string): Intl.DateTimeFormat {
  return dateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}
