import { FrontPageDesk } from '@/components/admin/front-page/front-page-desk'
import { NotFound } from '@/components/admin/layout/error-pages'
import { database } from '@/db/client'
import { currentArrangement, headlinesInOrder, findLiveHeadline, newestWithBody } from '@/domain/front-page/store'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { lead, move } from './actions'

/** Arranges the front page, in the order that readers see. */
export default function FrontPageDeskPage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.frontPage)
    if (!can(actor, 'front-page.arrange')) return <NotFound />
    const db = database()
    const arrangement = await currentArrangement(db)
    const order = await headlinesInOrder(db, arrangement)
    const chosen = arrangement?.leadStoryId == null ? null : await findLiveHeadline(db, arrangement.leadStoryId)
    const leading = chosen ?? (await newestWithBody(db))
    const desk = { arrangement, order, leading, isChosen: chosen !== null }
    return <FrontPageDesk {...desk} timeZone={env.timeZone} now={new Date()} lead={lead} move={move} />
  })
}
