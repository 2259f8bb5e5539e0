import { desc } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { Correction } from '@/domain/correction/correction'
import type { Body } from '@/domain/body/body'
import type { LiveStory } from '@/domain/story/live-story'
import { correctionsOfStories } from './corrections'
import { listColumns, withAuthors } from './live'

/** How many items a feed carries. */
const ITEMS_IN_A_FEED = 50

export type FeedItem = LiveStory & { body: Body | null; corrections: Correction[] }

/** The newest live stories with their bodies, newest first. */
export async function readFeed(): Promise<FeedItem[]> {
  const rows = await database()
    .select({ ...listColumns, body: liveStories.body })
    .from(liveStories)
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(ITEMS_IN_A_FEED)
  const [stories, notes] = await Promise.all([withAuthors(rows), correctionsOfStories(rows.map(({ id }) => id))])
  return stories.map((story) => ({ ...story, corrections: notes.get(story.id) ?? [] }))
}
