const formats = {
  full: { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  short: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
} as const

/** A moment for people in the newsroom's zone, and for machines exactly. */
export function Moment({ at, timeZone, look = 'full' }: { at: Date; timeZone: string; look?: keyof typeof formats }) {
  return (
    <time dateTime={at.toISOString()}>
      {new Intl.DateTimeFormat('en-GB', { ...formats[look], timeZone }).format(at)}
    </time>
  )
}
