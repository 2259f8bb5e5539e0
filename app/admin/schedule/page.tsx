import { Calendar } from '@/components/admin/schedule/calendar'
import { ScheduleList } from '@/components/admin/schedule/schedule-list'
import { Title } from '@/components/admin/layout/title'
import { requestedMonth, dayOf, monthAfter } from '@/domain/time/calendar'
import { startOfDay } from '@/domain/time/newsroom-time'
import { findPast } from '@/domain/schedule/past-queries'
import { findUpcoming, MONTH_LIMIT, UPCOMING_LIMIT } from '@/domain/schedule/upcoming-queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What comes true by itself, as a list and as a month, and what came true in months past: an editor's everything, a reporter's own. */
export default async function SchedulePage({ searchParams }: Props) {
  const { month: askedMonth } = await searchParams
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.schedule)
    const { timeZone } = env
    const now = new Date()
    const month = requestedMonth(askedMonth, now, timeZone)
    const [from, until] = [month, monthAfter(month, 1)].map((name) => startOfDay(`${name}-01`, timeZone))
    const range = from && until && { from, until }
    const [next, ahead, bygone] = await Promise.all([
      findUpcoming(actor),
      range && until > now ? findUpcoming(actor, range, MONTH_LIMIT) : [],
      range && from <= now ? findPast(actor, range, MONTH_LIMIT) : [],
    ])
    const today = dayOf(now, timeZone)
    return (
      <main id="main" className="page" tabIndex={-1}>
        <Title>Goes out next</Title>
        <h1>Goes out next</h1>
        <ScheduleList moments={next} timeZone={timeZone} mayBeMore={next.length === UPCOMING_LIMIT} />
        <Calendar
          {...{ month, today, timeZone }}
          present={today.slice(0, 7)}
          moments={[...bygone, ...ahead]}
          mayBeMore={[bygone, ahead].some(({ length }) => length === MONTH_LIMIT)}
        />
      </main>
    )
  })
}
