import { Calendar } from '@/components/admin/schedule/calendar'
import { ScheduleList } from '@/components/admin/schedule/schedule-list'
import { Page } from '@/components/admin/layout/page'
import { requestedMonth, monthAfter } from '@/domain/time/calendar'
import { dayAt } from '@/domain/time/day'
import { startOfDay } from '@/domain/time/newsroom-time'
import { findPast } from '@/domain/schedule/past-queries'
import { findUpcoming, MONTH_LIMIT, UPCOMING_LIMIT } from '@/domain/schedule/upcoming-queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import type { SearchParams } from '../params'
import { renderPage } from '../render-page'

/** Scheduled changes as a list and as a calendar month, and past ones: all of them for an editor, a reporter's own for a reporter. */
export default async function SchedulePage({ searchParams }: { searchParams: SearchParams }) {
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
    const today = dayAt(now, timeZone)
    return (
      <Page title="Goes out next" wide>
        <ScheduleList moments={next} timeZone={timeZone} mayBeMore={next.length === UPCOMING_LIMIT} />
        <Calendar
          {...{ month, today, timeZone }}
          present={today.slice(0, 7)}
          moments={[...bygone, ...ahead]}
          mayBeMore={[bygone, ahead].some(({ length }) => length === MONTH_LIMIT)}
        />
      </Page>
    )
  })
}
