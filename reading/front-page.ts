import { eq, inArray } from 'drizzle-orm'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { HEADLINES_ON_FRONT_PAGE, type FrontPage } from '@/domain/front-page/front-page'
import { currentArrangement, headlinesInOrder, newestWithBody } from '@/domain/front-page/keeping'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import { readNewestOfSection } from './lists'
import { listColumns, withAuthors } from './live'
import { readSections } from './sections'

/** How many stories stand under a section's name on the front page. */
const STORIES_IN_A_STRIP = 5

/** The front page as arranged, with every hole filled by the next story in time: what is withdrawn is simply not there. */
export async function readFrontPage(): Promise<FrontPage> {
  const sections = await readSections()
  const arrangement = await currentArrangement(database())
  const chosen = arrangement?.leadStoryId == null ? null : await readLead(arrangement.leadStoryId)
  const lead = chosen ?? (await readNewestWithBody())
  const inOrder = (await headlinesInOrder(database(), arrangement))
    .filter(({ id }) => id !== lead?.id)
    .slice(0, HEADLINES_ON_FRONT_PAGE)
  const headlines = await readInOrder(inOrder.map(({ id }) => id))
  const strips = await Promise.all(
    sections.map(async (section) => {
      // One more than is shown, because the lead is left out.
      const stories = await readNewestOfSection(section, STORIES_IN_A_STRIP + 1)
      return { section, stories: stories.filter(({ id }) => id !== lead?.id).slice(0, STORIES_IN_A_STRIP) }
    }),
  )
  return { sections, lead, headlines, strips: strips.filter(({ stories }) => stories.length > 0) }
}

async function readNewestWithBody() {
  const newest = await newestWithBody(database())
  return newest && readLead(newest.id)
}

async function readLead(id: number): Promise<LiveStory | LiveStoryWithBody | null> {
  const [row] = await withAuthors(
    await database()
      .select({ ...listColumns, body: liveStories.body })
      .from(liveStories)
      .where(eq(liveStories.id, id)),
  )
  if (!row) return null
  const { body, ...story } = row
  return body === null ? { ...story, hasBody: false } : { ...story, hasBody: true, body }
}

async function readInOrder(ids: number[]): Promise<LiveStory[]> {
  if (ids.length === 0) return []
  const stories = await withAuthors(
    await database().select(listColumns).from(liveStories).where(inArray(liveStories.id, ids)),
  )
  const byId = new Map(stories.map((story) => [story.id, story]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
