import { ScheduleList } from '@/components/admin/schedule-list'
import { Title } from '@/components/admin/title'
import { findScheduled } from '@/domain/story/finding'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'

/** What goes out next: an editor's everything, a reporter's own. */
export default function SchedulePage() {
  return answered(async () => {
    const actor = await requireActor(routes.admin.schedule)
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>Goes out next</Title>
        <h1>Goes out next</h1>
        <ScheduleList stories={await findScheduled(actor)} timeZone={env.timeZone} />
      </main>
    )
  })
}
