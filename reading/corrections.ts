import { asc, desc, eq, inArray } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveCorrections, liveStories } from '@/db/schema/live'
import type { Correction } from '@/domain/correction/correction'
import type { LiveStory } from '@/domain/story/live-story'
import { listColumns, olderThan, cursorTime, withNames } from './live'

export const CORRECTIONS_PER_PAGE = 30
const CORRECTIONS_PER_FEED = 50

export type CorrectionOfStory = Correction & { story: LiveStory }
export type CorrectionsPage = { corrections: CorrectionOfStory[]; olderCursor: string | null }

const columns = {
  id: liveCorrections.id,
  kind: liveCorrections.kind,
  words: liveCorrections.words,
  publishedAt: liveCorrections.publishedAt,
}

/** Corrections of live stories, newest first. */
export async function readCorrections(before: string | null, size = CORRECTIONS_PER_PAGE): Promise<CorrectionsPage> {
  const rows = await database()
    .select({ correction: columns, story: listColumns, cursorTime: cursorTime(liveCorrections.publishedAt) })
    .from(liveCorrections)
    .innerJoin(liveStories, eq(liveStories.id, liveCorrections.storyId))
    .where(olderThan(before, liveCorrections.publishedAt, liveCorrections.id))
    .orderBy(desc(liveCorrections.publishedAt), desc(liveCorrections.id))
    .limit(size + 1)
  const shown = rows.slice(0, size)
  const stories = await withNames(shown.map(({ story }) => story))
  const last = shown.at(-1)
  return {
    corrections: shown.flatMap(({ correction }, at) => {
      const story = stories[at]
      return story ? [{ ...correction, story }] : []
    }),
    olderCursor: rows.length > size && last ? `${last.cursorTime}-${last.correction.id}` : null,
  }
}

export async function readCorrectionsFeed(): Promise<CorrectionOfStory[]> {
  return (await readCorrections(null, CORRECTIONS_PER_FEED)).corrections
}

/** Oldest first. */
export async function correctionsOfStories(storyIds: number[]): Promise<Map<number, Correction[]>> {
  const notes = new Map<number, Correction[]>()
  if (storyIds.length === 0) return notes
  const rows = await database()
    .select({ ...columns, storyId: liveCorrections.storyId })
    .from(liveCorrections)
    .where(inArray(liveCorrections.storyId, storyIds))
    .orderBy(asc(liveCorrections.publishedAt), asc(liveCorrections.id))
  for (const { storyId, ...note } of rows) notes.set(storyId, [...(notes.get(storyId) ?? []), note])
  return notes
}
