import { database } from '@/db/client'
import { countOverdue } from '@/domain/schedule/settling'
import { can } from '@/domain/user/permission'
import { answerSignedIn, said } from '../answer-signed-in'

/** How many stories are overdue, for those who see the history: a page that stays open asks now and then. */
export function GET(): Promise<Response> {
  return answerSignedIn(async (actor) =>
    can(actor, 'history.see')
      ? Response.json({ overdue: await countOverdue(database()) })
      : said(404, 'There is nothing here.'),
  )
}
