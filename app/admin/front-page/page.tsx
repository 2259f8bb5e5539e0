import { FrontPageDesk } from '@/components/admin/front-page-desk'
import { NotHere } from '@/components/admin/not-here'
import { database } from '@/db/client'
import { currentArrangement, headlinesInOrder, liveHeadline, newestWithBody } from '@/domain/front-page/keeping'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'
import { lead, move } from './actions'

/** The front page, as readers see it and as editors arrange it. */
export default function FrontPageDeskPage() {
  return answered(async () => {
    const actor = await requireActor(routes.admin.frontPage)
    if (!can(actor, 'front-page.arrange')) return <NotHere />
    const db = database()
    const arrangement = await currentArrangement(db)
    const order = await headlinesInOrder(db, arrangement)
    const chosen = arrangement?.leadStoryId == null ? null : await liveHeadline(db, arrangement.leadStoryId)
    const leading = chosen ?? (await newestWithBody(db))
    const desk = { arrangement, order, leading, isChosen: chosen !== null }
    return <FrontPageDesk {...desk} timeZone={env.timeZone} now={new Date()} lead={lead} move={move} />
  })
}
