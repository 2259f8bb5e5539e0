import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { draftSearch, searchBackfill, searchPending, storySearch } from '@/db/schema/search'
import { searchStories } from '@/reading/search'
import { findOnDesk } from '../desk/queries'
import { valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from '../schedule/changing'
import { saveDraft } from '../story/drafting'
import { withdrawStory } from '../story/publishing'
import { settleDue } from '../story/settling'
import { aLiveHeadline } from '../story/story.test-support'
import { renameAuthor } from '../taxonomy/managing'
import { publishStory } from '../story/publishing'
import { indexSome } from './indexing'

const found = async (typed: string) => (await searchStories(typed)).map(({ id }) => id)
const onDesk = async (editor: Parameters<typeof findOnDesk>[0], search: string) =>
  (await findOnDesk(editor, { list: null, stage: null, sectionId: null, before: null, search })).stories.map(
    ({ id }) => id,
  )
const indexAll = async () => {
  while ((await indexSome()) > 0);
}
const aWord = () => `w${crypto.randomUUID().replaceAll('-', '')}`

/** As a database is just after the migration: nothing is indexed. */
async function forgetIndex() {
  await database().delete(storySearch)
  await database().delete(draftSearch)
  await database().delete(searchPending)
  await database().execute(sql`update search_backfill set through_id = (select max(id) from stories)`)
}

test('after the migration stories are found at once by the former index, and when indexed anew also inside a sentence without spaces', async () => {
  const word = aWord()
  const { editor, storyId } = await aLiveHeadline(`Ferry ${word} 小船的春天`)
  await forgetIndex()
  expect(await found(word)).toEqual([storyId])
  expect(await onDesk(editor, word)).toEqual([storyId])
  expect(await found('春天')).toEqual([])
  await indexAll()
  expect(await found('春天')).toEqual([storyId])
  expect(await onDesk(editor, '春天')).toEqual([storyId])
  const [backfill] = await database().select().from(searchBackfill)
  expect(backfill?.throughId).toBe(0)
})

test('indexing goes on where it was stopped, and several servers at once do it once', async () => {
  const word = aWord()
  const ids: number[] = []
  for (let n = 0; n < 45; n += 1) ids.push((await aLiveHeadline(`“${word}” ${n}`)).storyId)
  await forgetIndex()
  const first = await indexSome()
  expect(await database().$count(storySearch)).toBe(first)
  await Promise.all([indexAll(), indexAll(), indexAll()])
  await indexAll()
  expect(await database().$count(storySearch, sql`story_id in ${ids}`)).toBe(45)
  expect(await found(word)).toHaveLength(30)
})

test('what the build before writes is indexed within the next call, and search pages are stale then', async () => {
  const word = aWord()
  const { editor, storyId, form } = await aLiveHeadline('Ferry')
  valueOf(await saveDraft(editor, form({ headline: `Kite “${word}”` })))
  valueOf(await publishStory(editor, form({ headline: `Kite “${word}”`, seenVersion: '2' })))
  // It knows nothing of these rows.
  await database().delete(storySearch).where(eq(storySearch.storyId, storyId))
  await database().update(draftSearch).set({ version: 1, vector: "'ferry':1" }).where(eq(draftSearch.storyId, storyId))
  expect(await found(word)).toEqual([])
  await indexAll()
  expect(await found(word)).toEqual([storyId])
  expect(await onDesk(editor, word)).toEqual([storyId])
})

test('a scheduled change is found from its time on, before and after the clock applies it; a withdrawn story is not', async () => {
  const [before, after] = [aWord(), aWord()]
  const { editor, storyId, form } = await aLiveHeadline(`Ferry ${before}`)
  valueOf(await saveDraft(editor, form({ headline: `Ferry ${after}` })))
  valueOf(await scheduleStoryChanges(editor, { storyId, seenVersion: 2, due: '2099-01-01T10:00:30', timeZone: 'UTC' }))
  expect([await found(before), await found(after)]).toEqual([[storyId], []])
  await database().execute(
    sql`update stories set live_at = now() - interval '2 hours', due_at = now() - interval '1 minute' where id = ${storyId}`,
  )
  expect([await found(before), await found(after)]).toEqual([[], [storyId]])
  await settleDue()
  expect([await found(before), await found(after)]).toEqual([[], [storyId]])
  await indexAll()
  expect(await database().$count(storySearch, eq(storySearch.storyId, storyId))).toBe(1)
  expect(await found(after)).toEqual([storyId])
  valueOf(await withdrawStory(editor, { storyId, reason: 'No ferry.' }))
  expect(await found(after)).toEqual([])
})

test('the stories of an author who is renamed are found by the new name', async () => {
  const [former, name] = [aWord(), aWord()]
  const { editor, storyId, form } = await aLiveHeadline('Ferry')
  valueOf(await publishStory(editor, form({ authors: former })))
  expect(await found(former)).toEqual([storyId])
  const [author] = await database().execute<{ id: string }>(sql`select id from authors where name = ${former}`)
  valueOf(await renameAuthor(editor, { namedId: Number(author?.id), seenName: former, name }))
  await indexAll()
  expect([await found(former), await found(name)]).toEqual([[], [storyId]])
})
