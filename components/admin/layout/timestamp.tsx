type Props = { at: Date; timeZone: string; now?: Date }

/** A moment in the newsroom's time: only the hour when it is today, the day as well when it is not, all of it in the title. */
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
