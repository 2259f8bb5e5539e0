import { Calendar } from '@/components/admin/schedule/calendar'
import { ScheduleList } from '@/components/admin/schedule/schedule-list'
import { Title } from '@/components/admin/title'
import { askedMonth, dayOf, monthAfter } from '@/domain/time/calendar'
import { firstMomentOf } from '@/domain/time/newsroom-time'
import { findBygone } from '@/domain/schedule/recounting'
import { findUpcoming, MOMENTS_IN_A_MONTH, UPCOMING_SHOWN } from '@/domain/schedule/upcoming'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What comes true by itself, as a list and as a month, and what came true in months past: an editor's everything, a reporter's own. */
export default async function SchedulePage({ searchParams }: Props) {
  const { month: asked } = await searchParams
  return answered(async () => {
    const actor = await requireActor(routes.admin.schedule)
    const { timeZone } = env
    const now = new Date()
    const month = askedMonth(asked, now, timeZone)
    const [from, until] = [month, monthAfter(month, 1)].map((name) => firstMomentOf(`${name}-01`, timeZone))
    const within = from && until && { from, until }
    const [next, ahead, bygone] = await Promise.all([
      findUpcoming(actor),
      within && until > now ? findUpcoming(actor, within, MOMENTS_IN_A_MONTH) : [],
      within && from <= now ? findBygone(actor, within, MOMENTS_IN_A_MONTH) : [],
    ])
    const today = dayOf(now, timeZone)
    return (
      <main id="main" className="page" tabIndex={-1}>
        <Title>Goes out next</Title>
        <h1>Goes out next</h1>
        <ScheduleList moments={next} timeZone={timeZone} mayBeMore={next.length === UPCOMING_SHOWN} />
        <Calendar
          {...{ month, today, timeZone }}
          present={today.slice(0, 7)}
          moments={[...bygone, ...ahead]}
          mayBeMore={[bygone, ahead].some(({ length }) => length === MOMENTS_IN_A_MONTH)}
        />
      </main>
    )
  })
}
