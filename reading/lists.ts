import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import type { Section } from '@/domain/section/section'
import type { Page } from '@/domain/story/live-story'
import { cursorTime, readPage } from './live'

/** Headlines and stories, newest first: a headline that gets a body keeps its position. `before`: a page’s `olderCursor`; an invalid one reads as null. */
export async function readHeadlines(before: string | null): Promise<Page> {
  return readPage(before)
}

/** The cursor of the page of headlines that begins with this one; null: it is on the first page, or there is none. */
export async function readCursorOfHeadline(id: number): Promise<string | null> {
  if ((await readHeadlines(null)).stories.some((story) => story.id === id)) return null
  const [row] = await database()
    .select({ cursorTime: cursorTime(liveStories.liveAt) })
    .from(liveStories)
    .where(eq(liveStories.id, id))
  // An id later at the same time: the page after that begins with this headline.
  return row ? `${row.cursorTime}-${id + 1}` : null
}

export async function readSectionStories(section: Section, before: string | null): Promise<Page> {
  return readPage(before, section.id)
}
