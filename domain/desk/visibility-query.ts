import { desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm'
import { database } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { stories } from '@/db/schema/story'
import type { Actor } from '../user/user'
import { isReporter } from './list-queries'

/** Who asks, with the stories that are assigned to them. */
export type Viewer = Actor & { assigned: number[] }

/** Asked apart, because those few ids let Postgres plan as if they were written there. An editor sees everything anyway. */
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

/** Of more than so many, those that were moved last. */
const MAX_ASSIGNED = 1000

/** A reporter's own stories and those assigned to them; for everybody else all of them are. */
export function ownOrAssigned(viewer: Viewer): SQL | undefined {
  if (!isReporter(viewer)) return undefined
  const own = sql`${stories.ownerId} is not distinct from ${viewer.id} and ${stories.ownerId} is not null`
  return viewer.assigned.length === 0 ? own : or(own, inArray(stories.id, viewer.assigned))
}
