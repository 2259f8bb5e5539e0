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

/** A draft that nobody has saved since the seed began it. */
const FIRST_VERSION = 1

/**
 * Gives an empty newsroom the first edition. A newsroom with stories of its own is left alone; a seeding that was cut short is finished.
 * Safe to call from several servers at once.
 */
export async function seedIfEmpty(): Promise<SeedResult> {
  return withSeedLock(async () => {
    const recorded = await eventsOfSeed()
    if (recorded.length === 0 && (await hasStories())) return 'already there'
    return publishFirstEdition(recorded)
  })
}

/** Publishes what is missing of the first edition, whatever else the newsroom holds. What the seed once published it never publishes again. */
export async function seedFirstEdition(): Promise<SeedResult> {
  return withSeedLock(async () => publishFirstEdition(await eventsOfSeed()))
}

/** The last of the document first: so the newest stands on top, as the document has it, and the story leads. */
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

/** Something the first edition holds; without paragraphs it is a headline. */
type SeedItem = { headline: string; section: PlannedSection; paragraphs: string[] | null; line: number }

/** The document and its plan as one list, in the document's order. */
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

/** The planned sections' ids by slug; a section that is there already is used as it is. */
async function ensureSections(): Promise<Map<string, number>> {
  const ids = new Map((await listSections(database())).map(({ slug, id }) => [slug, id]))
  for (const section of plannedSections) {
    if (!ids.has(section.slug)) ids.set(section.slug, valueOf(await openSection(seedActor, section)).id)
  }
  return ids
}

/**
 * Everything the seed ever told of its stories. History forgets nothing, so a headline that an editor has changed since still counts as
 * published. Asked by way of the stories without an owner, for history grows long and every start asks.
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
