import { database } from '@/db/client'
import { countOverdue } from '@/domain/story/settling'
import { can } from '@/domain/user/permission'
import { respondSignedIn, errorResponse } from '../signed-in-response'

/** The number of overdue stories, polled by open pages of users who see the history. */
export function GET(): Promise<Response> {
  return respondSignedIn(async (actor) =>
    can(actor, 'history.see')
      ? Response.json({ overdue: await countOverdue(database()) })
      : errorResponse(404, 'There is nothing here.'),
  )
}
