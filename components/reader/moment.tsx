import { formatTime } from './time-format'

/** A moment for people in the newsroom's zone, and for machines exactly. */
export function Moment({
  at,
  timeZone,
  timeStyle = 'full',
}: {
  at: Date
  timeZone: string
  timeStyle?: 'full' | 'short' | 'date'
}) {
  return <time dateTime={at.toISOString()}>{formatTime(at, timeZone, timeStyle)}</time>
}
