import { formatTime, type TimeStyle } from './time-format'

/** A time in the newsroom's zone, with the exact one in `datetime`. */
export function Moment({ at, timeZone, timeStyle = 'full' }: { at: Date; timeZone: string; timeStyle?: TimeStyle }) {
  return <time dateTime={at.toISOString()}>{formatTime(at, timeZone, timeStyle)}</time>
}
