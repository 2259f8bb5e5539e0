import { desc, eq, ne } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories, withdrawnStories } from '@/db/schema/live'
import type { Correction } from '@/domain/correction/correction'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import { correctionsOfStories } from './corrections'
import { listColumns, withNames } from './live'

const NEXT_STORIES = 6

export type StoryAtAddress =
  | { kind: 'live'; story: LiveStory | LiveStoryWithBody; corrections: Correction[]; next: LiveStory[] }
  | { kind: 'withdrawn' }
  | { kind: 'nothing' }

/** What the address of a story shows. The id decides; drafts, embargoed stories and ids that do not exist are the same. */
export async function readStoryAt(id: number): Promise<StoryAtAddress> {
  const rows = await database()
    .select({ ...listColumns, body: liveStories.body })
    .from(liveStories)
    .where(eq(liveStories.id, id))
  const [row] = await withNames(rows)
  if (!row) return (await isWithdrawn(id)) ? { kind: 'withdrawn' } : { kind: 'nothing' }
  const { body, ...rest } = row
  const story: LiveStory | LiveStoryWithBody =
    body === null ? { ...rest, hasBody: false } : { ...rest, hasBody: true, body }
  const [notes, next] = await Promise.all([correctionsOfStories([id]), nextStories(story)])
  return { kind: 'live', story, corrections: notes.get(id) ?? [], next }
}

async function isWithdrawn(id: number): Promise<boolean> {
  const rows = await database()
    .select({ id: withdrawnStories.id })
    .from(withdrawnStories)
    .where(eq(withdrawnStories.id, id))
  return rows.length > 0
}

async function nextStories(story: LiveStory): Promise<LiveStory[]> {
  const rows = await database()
    .select(listColumns)
    .from(liveStories)
    .where(ne(liveStories.id, story.id))
    .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
    .limit(NEXT_STORIES)
  return withNames(rows)
}
