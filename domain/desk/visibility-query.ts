import { desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { stories } from '@/db/schema/story'
import type { Actor } from '../user/user'
import { isReporter } from './list-queries'

/** The person who makes the request, with the ids of the stories assigned to them. */
export type Viewer = Actor & { assigned: number[] }

/** A query of its own: with ids as parameters Postgres plans by index. Editors see everything. */
export async function viewerOf(actor: Actor): Promise<Viewer> {
  if (!isReporter(actor) || actor.id === null) return { ...actor, assigned: [] }
  const rows = await database()
    .select({ storyId: storyProgress.storyId })
    .from(storyProgress)
    .where(eq(storyProgress.assigneeId, actor.id))
    .orderBy(desc(storyProgress.movedAt))
    .limit(MAX_ASSIGNED)
  return { ...actor, assigned: rows.map(({ storyId }) => storyId) }
}

/** The newest ones, by their last move. */
const MAX_ASSIGNED = 1000

/** For editors there is no condition. */
export function ownOrAssigned(viewer: Viewer): SQL | undefined {
  if (!isReporter(viewer)) return undefined
  const own = sql`${stories.ownerId} is not distinct from ${viewer.id} and ${stories.ownerId} is not null`
  return viewer.assigned.length === 0 ? own : or(own, inArray(stories.id, viewer.assigned))
}
