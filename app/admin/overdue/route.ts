import { database } from '@/db/client'
import { countOverdue } from '@/domain/story/settling'
import { can } from '@/domain/user/permission'
import { respondSignedIn, errorResponse } from '../signed-in-response'

/** How many stories are overdue, for those who see the history: a page that stays open asks now and then. */
export function GET(): Promise<Response> {
  return respondSignedIn(async (actor) =>
    can(actor, 'history.see')
      ? Response.json({ overdue: await countOverdue(database()) })
      : errorResponse(404, 'There is nothing here.'),
  )
}
