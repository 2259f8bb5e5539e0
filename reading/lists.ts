import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { Section } from '@/domain/section/section'
import type { Page } from '@/domain/story/live-story'
import { cursorTime, readPage } from './live'

/** Everything, newest first. `before` is a page's `olderCursor`; one that names no place reads as the first page. */
export async function readLatest(before: string | null): Promise<Page> {
  return readPage(before)
}

/** The list of headlines is the list of all stories by their headlines: one gets a body, and stays where it was. */
export async function readHeadlines(before: string | null): Promise<Page> {
  return readPage(before)
}

/** The page of the list of headlines on which one is found, as a key for `readHeadlines`; null: the newest. */
export async function readCursorOfHeadline(id: number): Promise<string | null> {
  if ((await readHeadlines(null)).stories.some((story) => story.id === id)) return null
  const [row] = await database()
    .select({ exactly: cursorTime(liveStories.liveAt) })
    .from(liveStories)
    .where(eq(liveStories.id, id))
  // The next id of the same moment: what stands behind that begins with this headline.
  return row ? `${row.exactly}-${id + 1}` : null
}

export async function readSectionStories(section: Section, before: string | null): Promise<Page> {
  return readPage(before, section.id)
}
