import { inWords } from './time-format'

/** A moment for people in the newsroom's zone, and for machines exactly. */
export function Moment({
  at,
  timeZone,
  look = 'full',
}: {
  at: Date
  timeZone: string
  look?: 'full' | 'short' | 'date'
}) {
  return <time dateTime={at.toISOString()}>{inWords(at, timeZone, look)}</time>
}
