import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { setLead } from '@/domain/front-page/arranging'
import { currentArrangement } from '@/domain/front-page/store'
import { staleTags } from '@/domain/history/tag'
import { aPerson, aSection, storyFields, valueOf } from '@/domain/newsroom.test-support'
import { saveDraft, startStory } from '@/domain/story/drafting'
import { publishNewHeadline, publishStory, withdrawStory } from '@/domain/story/publishing'
import { readFeed } from './feed'
import { readFrontPage } from './front-page'
import { readHeadlines, readCursorOfHeadline, readSectionStories } from './lists'
import { parseCursor, STORIES_ON_A_PAGE } from './live'
import { readAllNamed, readNamed, readNamedFeed } from './names'
import { searchStories } from './search'
import { readSitemap } from './sitemap'
import { readStoryAt } from './story'

const body = JSON.stringify({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text: 'It sang.' }] }],
})

async function aLiveStory() {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const copy = { headline: 'Moon ferry returns', sectionId: String(section.id) }
  const { id } = valueOf(await startStory(editor, copy))
  const fields = storyFields({ ...copy, storyId: String(id), seenVersion: '1', body })
  valueOf(await publishStory(editor, fields))
  return { editor, section, id, fields }
}

/** In a section of their own, oldest first. */
async function publishHeadlines(count: number) {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const ids: number[] = []
  for (let n = 0; n < count; n += 1)
    ids.push(valueOf(await publishNewHeadline(editor, { headline: `Bell ${n}`, sectionId: String(section.id) })).id)
  return { editor, section, ids }
}

test('a story is read through its live revision, whatever its draft says', async () => {
  const { editor, id, fields } = await aLiveStory()
  valueOf(await saveDraft(editor, { ...fields, seenVersion: '2', headline: 'Not yet for readers' }))
  const found = await readStoryAt(id)
  expect(found).toMatchObject({ kind: 'live', story: { headline: 'Moon ferry returns', hasBody: true, authors: [] } })
  expect(JSON.stringify(await readFrontPage())).not.toContain('Not yet for readers')
  expect(JSON.stringify(await readFeed())).not.toContain('Not yet for readers')
})

test('a draft, an unknown id and a story before its time are all not found; a withdrawn one is gone', async () => {
  const { editor, id } = await aLiveStory()
  const draft = valueOf(await startStory(editor, { headline: 'Secret ferry', sectionId: '' }))
  expect(await readStoryAt(draft.id)).toEqual({ kind: 'nothing' })
  expect(await readStoryAt(999_999_999)).toEqual({ kind: 'nothing' })
  const { id: embargoed } = await aLiveStory()
  await database().execute(sql`update stories set live_at = now() + interval '1 hour' where id = ${embargoed}`)
  expect(await readStoryAt(embargoed)).toEqual({ kind: 'nothing' })
  expect(JSON.stringify([await readHeadlines(null), await readFeed(), await readSitemap()])).not.toContain(
    `"id":${embargoed},`,
  )
  valueOf(await withdrawStory(editor, { storyId: id, reason: 'No ferry.' }))
  expect(await readStoryAt(id)).toEqual({ kind: 'withdrawn' })
})

test('lists have cursors: a new story never shifts an older page, and none is shown twice or lost', async () => {
  const { editor, section, ids: published } = await publishHeadlines(STORIES_ON_A_PAGE + 5)
  await database().execute(
    sql`update stories set live_at = '2026-01-01T10:00:00.123456Z' where section_id = ${section.id}`,
  )
  const first = await readSectionStories(section, null)
  expect(first.stories).toHaveLength(STORIES_ON_A_PAGE)
  valueOf(await publishNewHeadline(editor, { headline: 'Newer bell', sectionId: String(section.id) }))
  const second = await readSectionStories(section, first.olderCursor)
  expect(second.olderCursor).toBeNull()
  expect([...first.stories, ...second.stories].map(({ id }) => id)).toEqual(published.toReversed())
})

test('the page of a headline is found: the first page, and later an older one', async () => {
  const { section, ids } = await publishHeadlines(STORIES_ON_A_PAGE + 1)
  const [oldest = 0, ...newer] = ids
  for (const id of newer) expect(await readCursorOfHeadline(id)).toBeNull()
  await database().execute(
    sql`update stories set live_at = '2026-01-01T10:00:00.123456Z' where section_id = ${section.id} and id = ${oldest}`,
  )
  const place = await readCursorOfHeadline(oldest)
  expect(place).not.toBeNull()
  expect((await readHeadlines(place)).stories[0]?.id).toBe(oldest)
  expect(await readCursorOfHeadline(999_999_999)).toBeNull()
})

test('an invalid cursor reads as the first page', async () => {
  expect(parseCursor('20260101100000123456-7')).toEqual({ at: '2026-01-01T10:00:00.123456Z', id: 7 })
  for (const broken of [
    '',
    'x',
    '20261301100000123456-7',
    '20260230100000123456-7',
    '00000101100000123456-7',
    "'; drop table stories; --",
    '20260101100000123456-'.padEnd(60, '9'),
  ])
    expect(parseCursor(broken)).toBeNull()
  expect(await readHeadlines('rubbish')).toEqual(await readHeadlines(null))
})

test('the chosen lead leads; when it is withdrawn the newest story with a body moves up, and no story is shown twice', async () => {
  const older = await aLiveStory()
  const newer = await aLiveStory()
  valueOf(
    await setLead(older.editor, { seenFrontPage: (await currentArrangement(database()))?.id ?? 0, storyId: older.id }),
  )
  const chosen = await readFrontPage()
  expect(chosen.lead?.id).toBe(older.id)
  expect(chosen.headlines.map(({ id }) => id)).not.toContain(older.id)
  expect(chosen.headlines.map(({ id }) => id)).toContain(newer.id)
  valueOf(await withdrawStory(older.editor, { storyId: older.id, reason: 'No ferry.' }))
  expect((await readFrontPage()).lead?.id).toBe(newer.id)
})

test('search finds a story by its headline, its body and other forms of a word, but never a draft', async () => {
  const { editor, id, fields } = await aLiveStory()
  const word = `quibblefish${id}`
  expect(await searchStories(word)).toEqual([])
  valueOf(await saveDraft(editor, { ...fields, seenVersion: '2', headline: `Seen: ${word}` }))
  expect(await searchStories(word)).toEqual([])
  valueOf(
    await publishStory(editor, {
      ...fields,
      seenVersion: '3',
      headline: `Seen: ${word}`,
      body: body.replace('It sang.', `Marmalades near ${word}`),
    }),
  )
  expect((await searchStories(word)).map((story) => story.id)).toEqual([id])
  expect((await searchStories(`marmalade ${word}`)).map((story) => story.id)).toEqual([id])
  expect((await searchStories(`"near ${word}"`)).map((story) => story.id)).toEqual([id])
  expect(await searchStories(`${word} -marmalade`)).toEqual([])
  valueOf(await withdrawStory(editor, { storyId: id, reason: 'No fish.' }))
  expect(await searchStories(word)).toEqual([])
})

test('an empty, a malformed and a very long search find nothing', async () => {
  for (const question of ['', '   ', "'; drop table stories; --", '"""((!&|:*<->', 'x'.repeat(100_000), 'the'])
    expect(await searchStories(question)).toEqual([])
})

test('an author has a page while a live story names them: not before it is live, not in a draft, not after it is withdrawn', async () => {
  const { editor, id, fields } = await aLiveStory()
  const name = `Quibble ${crypto.randomUUID().slice(0, 8)}`
  const slug = name.toLowerCase().replace(' ', '-')
  valueOf(await saveDraft(editor, { ...fields, seenVersion: '2', authors: name, topics: name }))
  expect(await readNamed('author', slug)).toBeNull()
  expect((await readAllNamed('author')).map((author) => author.slug)).not.toContain(slug)
  const outcome = await publishStory(editor, { ...fields, seenVersion: '3', authors: name, topics: name })
  valueOf(outcome)
  if (outcome.ok) expect(outcome.events.flatMap(staleTags)).toEqual(expect.arrayContaining(['no-author', 'no-topic']))
  const author = await readNamed('author', slug)
  expect(author).toMatchObject({ named: { name }, newest: { id } })
  expect((await readAllNamed('topic')).map((topic) => topic.slug)).toContain(slug)
  const found = await readStoryAt(id)
  expect(found).toMatchObject({ kind: 'live', story: { authors: [{ slug }], topics: [{ slug }] } })
  if (author) expect((await readNamedFeed('author', author.named)).map((item) => item.id)).toEqual([id])
  await database().execute(sql`update stories set live_at = now() + interval '1 hour' where id = ${id}`)
  expect(await readNamed('author', slug)).toBeNull()
  await database().execute(sql`update stories set live_at = now() - interval '1 hour' where id = ${id}`)
  expect(await readNamed('topic', slug)).not.toBeNull()
  valueOf(await withdrawStory(editor, { storyId: id, reason: 'No ferry.' }))
  expect(await readNamed('author', slug)).toBeNull()
  expect((await readAllNamed('topic')).map((topic) => topic.slug)).not.toContain(slug)
})
