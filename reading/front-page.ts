import { asc, desc, inArray, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { database } from '@/db/client'
import { liveStories } from '@/db/schema/live'
import { sections } from '@/db/schema/section'
import { HEADLINES_ON_FRONT_PAGE, type FrontPage } from '@/domain/front-page/front-page'
import { currentArrangement, headlinesInOrder, newestWithBody } from '@/domain/front-page/store'
import type { Section } from '@/domain/section/section'
import type { LiveStory, LiveStoryWithBody } from '@/domain/story/live-story'
import { sectionConditions, listColumns, namesOf, toLiveStory, type StoryRow } from './live'

/** Under a section’s name on the front page. */
const STORIES_IN_A_STRIP = 5

/**
 * The front page as arranged; the next stories in time fill the gaps that withdrawn ones leave. Readers on every server wait for it after each
 * change, so queries run in parallel and names are read for all stories at once.
 */
export async function readFrontPage(): Promise<FrontPage> {
  const [{ lead, headlines }, strips] = await Promise.all([readLeadAndHeadlines(), readStrips()])
  const rows = [...(lead ? [lead] : []), ...headlines, ...strips.flatMap(({ stories }) => stories)]
  const names = await namesOf(rows)
  const asLiveStory = (row: StoryRow): LiveStory => toLiveStory(row, names)
  return {
    lead: lead && withBody(asLiveStory(lead), lead),
    headlines: headlines.map(asLiveStory),
    strips: strips
      .map(({ section, stories }) => ({
        section,
        stories: stories
          .filter(({ id }) => id !== lead?.id)
          .slice(0, STORIES_IN_A_STRIP)
          .map(asLiveStory),
      }))
      .filter(({ stories }) => stories.length > 0),
  }
}

async function readLeadAndHeadlines() {
  const [arrangement, newest] = await Promise.all([currentArrangement(database()), newestWithBody(database())])
  const chosenId = arrangement?.leadStoryId ?? null
  const [inOrder, leads] = await Promise.all([
    headlinesInOrder(database(), arrangement),
    readLeads([chosenId, newest?.id ?? null].filter((id) => id !== null)),
  ])
  const lead = leads.find(({ id }) => id === chosenId) ?? leads.find(({ id }) => id === newest?.id) ?? null
  const ids = inOrder.filter(({ id }) => id !== lead?.id).slice(0, HEADLINES_ON_FRONT_PAGE)
  return { lead, headlines: await readStoriesInOrder(ids.map(({ id }) => id)) }
}

async function readLeads(ids: number[]) {
  if (ids.length === 0) return []
  return database()
    .select({ ...listColumns, body: liveStories.body })
    .from(liveStories)
    .where(inArray(liveStories.id, ids))
}

const withBody = (story: LiveStory, { body }: Awaited<ReturnType<typeof readLeads>>[number]) =>
  body === null ? { ...story, hasBody: false } : ({ ...story, hasBody: true, body } satisfies LiveStoryWithBody)

async function readStoriesInOrder(ids: number[]): Promise<StoryRow[]> {
  if (ids.length === 0) return []
  const rows = await database().select(listColumns).from(liveStories).where(inArray(liveStories.id, ids))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The newest of every section with stories: one more than is shown, because the lead is left out. */
async function readStrips() {
  const newestWhere = (where: SQL | undefined) =>
    database()
      .select(listColumns)
      .from(liveStories)
      .where(where)
      .orderBy(desc(liveStories.liveAt), desc(liveStories.id))
      .limit(STORIES_IN_A_STRIP + 1)
  const conditions = sectionConditions(sections.id)
  const newest = unionAll(newestWhere(conditions.current), newestWhere(conditions.overdue))
    .orderBy(sql`live_at desc, id desc`)
    .limit(STORIES_IN_A_STRIP + 1)
    .as('newest')
  const rows = await database()
    .select()
    .from(sections)
    .crossJoinLateral(newest)
    .orderBy(asc(sections.position), asc(sections.id), desc(newest.liveAt), desc(newest.id))
  const strips = new Map<number, { section: Section; stories: StoryRow[] }>()
  for (const { sections: section, newest: story } of rows) {
    const strip = strips.get(section.id) ?? { section, stories: [] }
    strip.stories.push(story)
    strips.set(section.id, strip)
  }
  return [...strips.values()]
}
