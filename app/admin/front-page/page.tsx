import { FrontPageDesk } from '@/components/admin/front-page/front-page-desk'
import { database } from '@/db/client'
import { currentArrangement, headlinesInOrder, findLiveHeadline, newestWithBody } from '@/domain/front-page/store'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { renderAreaPage } from '../render-page'
import { lead, move } from './actions'

/** Arranges the front page, in the order that readers see. */
export default function FrontPageDeskPage() {
  return renderAreaPage(routes.admin.frontPage, 'front-page.arrange', async () => {
    const db = database()
    const arrangement = await currentArrangement(db)
    const order = await headlinesInOrder(db, arrangement)
    const chosen = arrangement?.leadStoryId == null ? null : await findLiveHeadline(db, arrangement.leadStoryId)
    const leading = chosen ?? (await newestWithBody(db))
    const desk = { arrangement, order, leading, isChosen: chosen !== null }
    return <FrontPageDesk {...desk} timeZone={env.timeZone} now={new Date()} lead={lead} move={move} />
  })
}
