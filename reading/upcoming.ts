import { asc } from 'drizzle-orm'
import { database } from '@/db/client'
import { upcomingMoments } from '@/db/schema/live'

/** The next moment at which a story goes live by itself, or null when none is waiting: until then a list of stories may be remembered. */
export async function readNextMoment(): Promise<Date | null> {
  const [next] = await database()
    .select({ liveAt: upcomingMoments.liveAt })
    .from(upcomingMoments)
    .orderBy(asc(upcomingMoments.liveAt))
    .limit(1)
  return next?.liveAt ?? null
}
