import { momentLabels, type Upcoming } from '@/domain/schedule/moment'
import { byDay } from '@/domain/time/calendar'
import { formatMoment } from '@/domain/time/newsroom-time'
import { routes } from '@/lib/routes'
import { formatDay } from './calendar'

type Props = {
  moments: Upcoming[]
  timeZone: string
  /** There may be more than the given moments. */
  mayBeMore: boolean
}

/** Scheduled changes by day, with times in the newsroom's time zone and in UTC. */
export function ScheduleList({ moments, timeZone, mayBeMore }: Props) {
  if (moments.length === 0)
    return (
      <p className="panel">Nothing is scheduled. A draft is scheduled from its own page, under “Publish at a time…”.</p>
    )
  return (
    <div className="stack" role="group" aria-label="Goes out next">
      {[...byDay(moments, timeZone)].map(([day, ofDay]) => (
        <section key={day} className="stack tight" aria-label={formatDay(day)}>
          <h2>{formatDay(day)}</h2>
          <ol className="rows">
            {ofDay.map(({ kind, at, storyId, headline, sectionName }) => (
              <li key={`${kind}-${storyId}`} className="stack tight">
                <a className="headline-text" dir="auto" href={routes.admin.story(storyId)}>
                  {headline || 'Without a headline'}
                </a>
                <p className="small-print facts">
                  <b>{momentLabels[kind]}</b>
                  <span>
                    <time dateTime={at.toISOString()}>{formatMoment(at, timeZone)}</time>
                  </span>
                  <bdi>{sectionName ?? 'No section yet'}</bdi>
                </p>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {mayBeMore && (
        <p className="small-print">These are the next {moments.length}; the months below have what comes after.</p>
      )}
    </div>
  )
}
