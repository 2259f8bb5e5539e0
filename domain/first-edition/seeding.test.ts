import { readFileSync } from 'node:fs'
import { asc, desc } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aPerson, storyFields, valueOf } from '../newsroom.test-support'
import { openSection } from '../section/managing'
import { plainText } from '../body/body'
import { startStory } from '../story/drafting'
import { publishHeadline } from '../story/headline-publishing'
import { publishNewHeadline, publishStory, withdrawStory } from '../story/publishing'
import { seedActor } from '../user/user'
import { closeDatabase, database } from '@/db/client'
import { migrateDatabase } from '@/db/migrate'
import { createDatabase } from '@/db/own-database.test-support'
import { authors } from '@/db/schema/taxonomy'
import { frontPages } from '@/db/schema/front-page'
import { history } from '@/db/schema/history'
import { liveStories } from '@/db/schema/live'
import { sections } from '@/db/schema/section'
import { drafts } from '@/db/schema/draft'
import { revisions, stories } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import { seedFirstEdition, seedIfEmpty, withSeedLock } from './seeding'
import { firstEditionPlan, plannedSections } from './plan'

const lines = readFileSync(new URL('./first-edition.txt', import.meta.url), 'utf8').split('\n')
const paragraphs = lines.slice(0, 6)
const headlines = lines.slice(8, 24).map((line) => line.trim())
const expectedHeadlines = [firstEditionPlan.story.headline, ...headlines]

const shared = process.env.DATABASE_URL
let ownDatabase: Awaited<ReturnType<typeof createDatabase>>

beforeEach(async () => {
  ownDatabase = await createDatabase()
  process.env.DATABASE_URL = ownDatabase.url
  await migrateDatabase(ownDatabase.url)
})

afterEach(async () => {
  await closeDatabase()
  process.env.DATABASE_URL = shared
  await ownDatabase.drop()
})

test('an empty newsroom gets the first edition: the story on top, the headlines below in the document’s order', async () => {
  expect(await seedIfEmpty()).toBe('seeded')
  const live = await liveStoriesNow()
  expect(live.map(({ headline }) => headline)).toEqual(expectedHeadlines)
  expect(live.map(({ sectionSlug }) => sectionSlug)).toEqual([
    firstEditionPlan.story.section,
    ...headlines.map((headline) => firstEditionPlan.headlines.get(headline)),
  ])
  expect(live.map(({ body }) => (body === null ? null : plainText(body).split('\n')))).toEqual([
    paragraphs,
    ...headlines.map(() => null),
  ])
})

test('the paper has its five sections in order', async () => {
  await seedIfEmpty()
  const stored = await database().select().from(sections).orderBy(asc(sections.position))
  expect(stored.map(({ slug, name }) => ({ slug, name }))).toEqual(plannedSections)
})

test('nothing is invented: no author, kicker, standfirst, dateline, update or front page, and no user but the seed', async () => {
  await seedIfEmpty()
  for (const story of await liveStoriesNow())
    expect(story).toMatchObject({ kicker: null, standfirst: null, dateline: null, updatedAt: null })
  for (const table of [authors, users, frontPages]) expect(await database().select().from(table)).toEqual([])
  for (const { actorId, actorName } of await database().select().from(history))
    expect({ id: actorId, name: actorName }).toEqual({ id: seedActor.id, name: seedActor.name })
})

test('seeding twice changes nothing', async () => {
  await seedIfEmpty()
  const before = await snapshot()
  expect(await seedIfEmpty()).toBe('already there')
  expect(await seedFirstEdition()).toBe('already there')
  expect(await snapshot()).toEqual(before)
})

test('of several servers that start at once, one seeds', async () => {
  const outcomes = await Promise.all([seedIfEmpty(), seedFirstEdition(), seedIfEmpty()])
  expect(outcomes.sort()).toEqual(['already there', 'already there', 'seeded'])
  expect((await liveStoriesNow()).map(({ headline }) => headline)).toEqual(expectedHeadlines)
})

test('seeding a story with an author does not wait for itself', async () => {
  const section = valueOf(await openSection(seedActor, plannedSections[0]))
  const { id: storyId, draft } = valueOf(await startStory(seedActor, { headline: 'Lantern', sectionId: section.id }))
  const form = { ...storyFields({ headline: 'Lantern', sectionId: String(section.id) }), authors: 'Ann Ferry' }
  const outcome = await withSeedLock(() => publishStory(seedActor, { ...form, storyId, seenVersion: draft.version }))
  valueOf(outcome)
  expect((await database().select().from(authors)).map(({ name }) => name)).toEqual(['Ann Ferry'])
})

test('a newsroom with stories of its own does not change until the first edition is asked for', async () => {
  const admin = await aPerson('admin')
  const europe = valueOf(await openSection(admin, { name: 'Old Lands', slug: 'europe' }))
  const story = valueOf(await startStory(admin, { headline: 'Moon ferry returns', sectionId: europe.id }))
  const before = await snapshot()
  expect(await seedIfEmpty()).toBe('already there')
  expect(await snapshot()).toEqual(before)

  expect(await seedFirstEdition()).toBe('seeded')
  const live = await liveStoriesNow()
  expect(live.map(({ headline }) => headline)).toEqual(expectedHeadlines)
  expect(live[0]).toMatchObject({ sectionId: europe.id, sectionName: 'Old Lands' })
  expect((await database().select().from(drafts)).find(({ storyId }) => storyId === story.id)).toMatchObject({
    version: 1,
  })
})

test('what editors changed or withdrew stays changed or withdrawn', async () => {
  await seedIfEmpty()
  const [editor, [first, second]] = [await aPerson('editor'), await liveStoriesNow()]
  if (!first || !second) throw new Error('The first edition is not live.')
  valueOf(await publishHeadline(editor, { storyId: first.id, seenHeadline: first.headline, headline: 'Talks wanted' }))
  valueOf(await withdrawStory(editor, { storyId: second.id, reason: 'It was not so.' }))
  const before = await snapshot()
  expect(await seedIfEmpty()).toBe('already there')
  expect(await seedFirstEdition()).toBe('already there')
  expect(await snapshot()).toEqual(before)
})

test.each([
  { interruptedWhen: 'after its sections', published: 0, started: false },
  { interruptedWhen: 'after its first headline', published: 1, started: false },
  { interruptedWhen: 'before its story', published: 16, started: false },
  { interruptedWhen: 'in the middle of its story', published: 16, started: true },
])('a seeding that was cut short $interruptedWhen is finished, in the same order', async ({ published, started }) => {
  const ids = new Map<string, number>()
  for (const section of plannedSections) ids.set(section.slug, valueOf(await openSection(seedActor, section)).id)
  for (const headline of headlines.toReversed().slice(0, published)) {
    const sectionId = ids.get(firstEditionPlan.headlines.get(headline) ?? '')
    valueOf(await publishNewHeadline(seedActor, { headline, sectionId }))
  }
  const { headline, section } = firstEditionPlan.story
  if (started) valueOf(await startStory(seedActor, { headline, sectionId: ids.get(section) }))

  expect(await seedIfEmpty()).toBe('seeded')
  expect((await liveStoriesNow()).map((story) => story.headline)).toEqual(expectedHeadlines)
  expect(await database().select().from(stories)).toHaveLength(17)
  expect(await database().select().from(sections)).toHaveLength(5)
  expect(await seedIfEmpty()).toBe('already there')
})

/** Newest first. */
function liveStoriesNow() {
  return database().select().from(liveStories).orderBy(desc(liveStories.liveAt), desc(liveStories.id))
}

async function snapshot() {
  const tables = [sections, stories, drafts, revisions, history, frontPages, users]
  return Promise.all(
    tables.map(async (table) =>
      JSON.stringify((await database().select().from(table)).map((row) => JSON.stringify(row)).sort()),
    ),
  )
}
