import { dateTimeFormat } from '@/domain/time/formatters'
import { momentLabels, type Past, type Upcoming } from '@/domain/schedule/moment'
import { byDay, monthAfter, weeksOf, type Day, type Month } from '@/domain/time/calendar'
import { formatTimeOfDay } from '@/domain/time/newsroom-time'
import { routes } from '@/lib/routes'

type Moment = Upcoming | Past
type Props = {
  month: Month
  present: Month
  today: Day
  moments: Moment[]
  timeZone: string
  /** The month may have more than the given moments. */
  mayBeMore: boolean
}

/** A month of past and scheduled changes: a table of weeks, and in a narrow window a list of days. */
export function Calendar({ month, present, today, moments, timeZone, mayBeMore }: Props) {
  const days = byDay(moments, timeZone)
  return (
    <section className="stack" aria-labelledby="calendar">
      <div className="page-head">
        <h2 id="calendar">{formatMonth(month)}</h2>
        <nav className="cluster" aria-label="Months">
          <a href={routes.admin.scheduleOf(monthAfter(month, -1))}>The month before</a>
          {month !== present && <a href={routes.admin.schedule}>This month</a>}
          <a href={routes.admin.scheduleOf(monthAfter(month, 1))}>The month after</a>
        </nav>
      </div>
      {days.size === 0 && (
        <p className="small-print">
          {month < present ? 'Nothing went live in this month.' : 'Nothing is scheduled in this month.'}
        </p>
      )}
      {mayBeMore && <p className="small-print">Only the first {moments.length} of this month are shown.</p>}
      <table className="calendar" aria-labelledby="calendar">
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col">
                <abbr title={name}>{name.slice(0, 3)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, number) => (
            <tr key={number}>
              {week.map((day, column) =>
                day === null ? (
                  <td key={column} className="other-month" />
                ) : (
                  <DayCell key={column} {...{ day, today, timeZone }} moments={days.get(day) ?? []} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type CellProps = { day: Day; today: Day; timeZone: string; moments: Moment[] }

/** From this many on, a day's past changes are collapsed, so that scheduled ones stay visible. */
const COLLAPSED_FROM = 4

function DayCell({ day, today, timeZone, moments }: CellProps) {
  const isPast = ({ kind }: Moment) => kind === 'went-live' || kind === 'withdrawn'
  const [past, ahead] = [moments.filter(isPast), moments.filter((moment) => !isPast(moment))]
  return (
    <td className={moments.length === 0 ? 'empty' : undefined} aria-current={day === today ? 'date' : undefined}>
      <time className="day" dateTime={day}>
        <span className="number">{Number(day.slice(8))}</span>
        <span className="full-date">{formatDay(day)}</span>
      </time>
      {past.length < COLLAPSED_FROM ? (
        <Moments moments={past} timeZone={timeZone} />
      ) : (
        <details>
          <summary>{past.length} went live or were withdrawn</summary>
          <Moments moments={past} timeZone={timeZone} />
        </details>
      )}
      <Moments moments={ahead} timeZone={timeZone} />
    </td>
  )
}

function Moments({ moments, timeZone }: { moments: Moment[]; timeZone: string }) {
  if (moments.length === 0) return null
  return (
    <ul>
      {moments.map(({ kind, at, storyId, headline }) => (
        <li key={`${kind}-${storyId}`} data-kind={kind}>
          <a href={routes.admin.story(storyId)}>
            {formatTimeOfDay(at, timeZone)} {headline || 'Without a headline'}
          </a>{' '}
          <span className="small-print">{momentLabels[kind]}</span>
        </li>
      ))}
    </ul>
  )
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export function formatDay(day: Day): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return dateTimeFormat('en-GB', options).format(new Date(`${day}T00:00:00Z`))
}

function formatMonth(month: Month): string {
  return dateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )
}
