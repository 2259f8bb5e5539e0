type Props = { at: Date; timeZone: string; now?: Date }

/** A time in the newsroom's time zone: hour and minute today, with the day otherwise. The title has all of it. */
export function Timestamp({ at, timeZone, now = new Date() }: Props) {
  const today = dayOf(at, timeZone) === dayOf(now, timeZone)
  const thisYear = yearOf(at, timeZone) === yearOf(now, timeZone)
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    ...(today ? {} : { day: 'numeric', month: 'short' }),
    ...(thisYear ? {} : { year: 'numeric' }),
  }).format(at)
  const fullText = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'full', timeStyle: 'long' }).format(at)
  return (
    <time dateTime={at.toISOString()} title={fullText}>
      {text}
    </time>
  )
}

function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at)
}

function yearOf(at: Date, timeZone: string): string {
  return dayOf(at, timeZone).slice(0, 4)
}
