import { asc } from 'drizzle-orm'
import { database } from '@/db/client'
import { upcomingMoments } from '@/db/schema/live'

/**
 * When something next changes for readers without an operation (a story or its changes go live, or it is unpublished); null: never. Until then a page
 * may be cached.
 */
export async function readNextChangeAt(): Promise<Date | null> {
  const [next] = await database()
    .select({ at: upcomingMoments.at })
    .from(upcomingMoments)
    .orderBy(asc(upcomingMoments.at))
    .limit(1)
  return next?.at ?? null
}
