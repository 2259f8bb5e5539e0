import { dayAt } from '@/domain/time/day'
import { dateTimeFormat } from '@/domain/time/formatters'

type Props = { at: Date; timeZone: string; now?: Date }

/** A time in the newsroom's time zone: hour and minute today, with the day otherwise. The title has all of it. */
export function Timestamp({ at, timeZone, now = new Date() }: Props) {
  const [day, today] = [dayAt(at, timeZone), dayAt(now, timeZone)]
  const text = dateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(day === today ? {} : { day: 'numeric', month: 'short' }),
    ...(day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }),
  }).format(at)
  const fullText = dateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'long' }).format(at)
  return (
    <time dateTime={at.toISOString()} title={fullText}>
      {text}
    </time>
  )
}
