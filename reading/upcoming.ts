import { asc } from 'drizzle-orm'
import { database } from '@/db/client'
import { upcomingMoments } from '@/db/schema/live'

/** The next moment at which something changes for readers by itself (a story goes live, its changes do, it is unpublished), or null when none is waiting: until then a page may be remembered. */
export async function readNextChangeAt(): Promise<Date | null> {
  const [next] = await database()
    .select({ at: upcomingMoments.at })
    .from(upcomingMoments)
    .orderBy(asc(upcomingMoments.at))
    .limit(1)
  return next?.at ?? null
}
