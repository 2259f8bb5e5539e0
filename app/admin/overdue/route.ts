import { database } from '@/db/client'
import { countOverdue } from '@/domain/schedule/settling'
import { can } from '@/domain/user/permission'
import { isDatabaseAway } from '@/lib/database-away'
import { currentActor } from '@/lib/session'

/** How many stories are overdue, for those who see the history: a page that stays open asks now and then. */
export async function GET(): Promise<Response> {
  try {
    const actor = await currentActor()
    if (actor === null) return Response.json({ message: 'You were signed out.' }, { status: 401 })
    if (!can(actor, 'history.see')) return Response.json({ message: 'There is nothing here.' }, { status: 404 })
    return Response.json({ overdue: await countOverdue(database()) })
  } catch (error) {
    if (isDatabaseAway(error)) return Response.json({ message: 'The database does not answer.' }, { status: 503 })
    throw error
  }
}
