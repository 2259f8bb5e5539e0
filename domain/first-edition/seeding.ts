import { readFile } from 'node:fs/promises'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { NewsroomEvent } from '../history/event'
import type { Outcome } from '../operation'
import { refusalSentence } from '../refusal-sentence'
import { listSections } from '../section/store'
import { openSection } from '../section/managing'
import { bodyFromParagraphs } from '../body/body-parser'
import { startStory } from '../story/drafting'
import { publishNewHeadline, publishStory } from '../story/publishing'
import { seedActor } from '../user/user'
import { readWireCopy } from '../wire-copy/wire-copy'
import { database } from '@/db/client'
import { lockSession } from '@/db/locks'
import { history } from '@/db/schema/history'
import { stories } from '@/db/schema/story'
import { firstEditionPlan, plannedSections, type PlannedSection } from './plan'
import { connect } from '@/db/connection'

export type SeedResult = 'seeded' | 'already there'

/** The version of a draft that nobody has saved since the seed created it. */
const FIRST_VERSION = 1

/**
 * Publishes the first edition in an empty newsroom, or finishes a seed that was interrupted. A newsroom with stories of its own does not change. Safe
 * to call from several servers at once.
 */
export async function seedIfEmpty(): Promise<SeedResult> {
  return withSeedLock(async () => {
    const recorded = await eventsOfSeed()
    if (recorded.length === 0 && (await hasStories())) return 'already there'
    return publishFirstEdition(recorded)
  })
}

/** Publishes what is missing of the first edition, whatever else the newsroom holds. What the seed published once it never publishes again. */
export async function seedFirstEdition(): Promise<SeedResult> {
  return withSeedLock(async () => publishFirstEdition(await eventsOfSeed()))
}

/** In reverse order, so that the first item of the document is the newest, and its story leads. */
async function publishFirstEdition(recorded: NewsroomEvent[]): Promise<SeedResult> {
  const startedIds = new Map(
    recorded.flatMap((event) => (event.type === 'story-started' ? [[event.headline, event.storyId]] : [])),
  )
  const publishedIds = new Set(recorded.flatMap((event) => (event.type === 'story-published' ? [event.storyId] : [])))
  const missing = (await readFirstEdition()).filter(({ headline }) => !publishedIds.has(startedIds.get(headline) ?? 0))
  if (missing.length === 0) return 'already there'

  const sectionIds = await ensureSections()
  for (const { headline, section, paragraphs } of missing.toReversed()) {
    const sectionId = sectionIds.get(section)
    if (paragraphs === null) {
      valueOf(await publishNewHeadline(seedActor, { headline, sectionId }))
    } else {
      const storyId = startedIds.get(headline) ?? valueOf(await startStory(seedActor, { headline, sectionId })).id
      const body = JSON.stringify(bodyFromParagraphs(paragraphs))
      valueOf(await publishStory(seedActor, { storyId, seenVersion: FIRST_VERSION, headline, sectionId, body }))
    }
  }
  return 'seeded'
}

/** Without paragraphs it is a headline. */
type SeedItem = { headline: string; section: PlannedSection; paragraphs: string[] | null; line: number }

/** The document and the plan, in the document’s order. */
async function readFirstEdition(): Promise<SeedItem[]> {
  const parsed = readWireCopy(await readFile('domain/first-edition/first-edition.txt', 'utf8'))
  if (!parsed.ok) throw new Error(`The first edition cannot be read. Line ${parsed.line}: ${parsed.problem}`)
  const items = [
    ...parsed.copy.stories.map(({ paragraphs, line }) => ({ ...firstEditionPlan.story, paragraphs, line })),
    ...parsed.copy.headlines.map(({ text, line }) => ({
      headline: text,
      section: sectionOf(text),
      paragraphs: null,
      line,
    })),
  ]
  return items.sort((one, other) => one.line - other.line)
}

function sectionOf(headline: string): PlannedSection {
  const section = firstEditionPlan.headlines.get(headline)
  if (section === undefined) throw new Error(`The plan has no section for “${headline}”.`)
  return section
}

/** Ids by slug; existing sections are used. */
async function ensureSections(): Promise<Map<string, number>> {
  const ids = new Map((await listSections(database())).map(({ slug, id }) => [slug, id]))
  for (const section of plannedSections) {
    if (!ids.has(section.slug)) ids.set(section.slug, valueOf(await openSection(seedActor, section)).id)
  }
  return ids
}

/**
 * All events of the seed. A headline that an editor has changed since still counts as published. Found through the stories without an owner, because
 * the history is long and every start runs this query.
 */
async function eventsOfSeed(): Promise<NewsroomEvent[]> {
  const rows = await database()
    .select({ event: history.event })
    .from(stories)
    .innerJoin(history, eq(history.storyId, stories.id))
    .where(and(isNull(stories.ownerId), isNull(history.actorId), eq(history.actorName, seedActor.name)))
    .orderBy(asc(history.id))
  return rows.map(({ event }) => event)
}

async function hasStories(): Promise<boolean> {
  return (await database().select({ id: stories.id }).from(stories).limit(1)).length > 0
}

function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`The first edition could not be published. ${refusalSentence(outcome.refusal)}`)
  return outcome.value
}

/** Holds the lock on a connection of its own: the operations inside use the pool. */
export async function withSeedLock<Value>(seed: () => Promise<Value>): Promise<Value> {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: there is no newsroom to seed.')
  const connection = connect(url, {
    connect_timeout: 5,
    connection: { application_name: 'broadsheet-seed' },
  })
  try {
    await lockSession(connection, 'seed')
    return await seed()
  } finally {
    await connection.end({ timeout: 2 })
  }
}
