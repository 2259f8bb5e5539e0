import { desc, inArray } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { Correction } from '@/domain/correction/correction'
import type { Body } from '@/domain/body/body'
import type { Section } from '@/domain/section/section'
import type { LiveStory } from '@/domain/story/live-story'
import { correctionsOfStories } from './corrections'
import { listColumns, readPage, withNames } from './live'

export const ITEMS_PER_FEED = 50

export type FeedItem = LiveStory & { body: Body | null; corrections: Correction[] }

export async function readFeed(): Promise<FeedItem[]> {
  const rows = await database()
    .select({ ...listColumns, body: liveStories.body })
    .from(liveStories)
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(ITEMS_PER_FEED)
  const [stories, notes] = await Promise.all([withNames(rows), correctionsOfStories(rows.map(({ id }) => id))])
  return stories.map((story) => ({ ...story, corrections: notes.get(story.id) ?? [] }))
}

export async function readSectionFeed(section: Section): Promise<FeedItem[]> {
  return withBodies((await readPage(null, section.id, ITEMS_PER_FEED)).stories)
}

/** With bodies and corrections; stories that are no longer live are left out. */
export async function withBodies(stories: LiveStory[]): Promise<FeedItem[]> {
  const ids = stories.map(({ id }) => id)
  if (ids.length === 0) return []
  const [bodies, notes] = await Promise.all([
    database()
      .select({ id: liveStories.id, body: liveStories.body })
      .from(liveStories)
      .where(inArray(liveStories.id, ids)),
    correctionsOfStories(ids),
  ])
  const byId = new Map(bodies.map(({ id, body }) => [id, body]))
  return stories.flatMap((story) => {
    const body = byId.get(story.id)
    return body === undefined ? [] : [{ ...story, body, corrections: notes.get(story.id) ?? [] }]
  })
}
