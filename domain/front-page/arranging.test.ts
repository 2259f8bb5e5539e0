import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { aPerson, aSection, refusalOf, valueOf } from '../newsroom.test-support'
import { publishNewHeadline, withdrawStory } from '../story/publishing'
import { arrangeHeadlines, moveHeadline, setLead } from './arranging'
import { currentArrangement, headlinesInOrder } from './store'

const now = async () => (await currentArrangement(database()))?.id ?? 0
const order = async () => (await headlinesInOrder(database(), await currentArrangement(database()))).map(({ id }) => id)

async function threeHeadlines() {
  const [editor, section] = [await aPerson('editor', 'Edith'), await aSection()]
  const ids: number[] = []
  for (const headline of ['One bell', 'Two bells', 'Three bells'])
    ids.push(valueOf(await publishNewHeadline(editor, { headline, sectionId: String(section.id) })).id)
  return { editor, section, ids }
}

test('the newest headline is first, a move up swaps it, and a newer one stands above the arrangement', async () => {
  const { editor, section, ids } = await threeHeadlines()
  const [one, two, three] = ids
  expect((await order()).slice(0, 3)).toEqual([three, two, one])
  valueOf(await moveHeadline(editor, { seenFrontPage: await now(), storyId: one, by: -1 }))
  expect((await order()).slice(0, 3)).toEqual([three, one, two])
  const four = valueOf(await publishNewHeadline(editor, { headline: 'Four bells', sectionId: String(section.id) }))
  expect((await order()).slice(0, 4)).toEqual([four.id, three, one, two])
  valueOf(await withdrawStory(editor, { storyId: three, reason: 'No bells rang.' }))
  expect((await order()).slice(0, 3)).toEqual([four.id, one, two])
})

test('a new order is kept as sent, without unknown ids, and no headline is lost', async () => {
  const { editor, ids } = await threeHeadlines()
  const [one, two, three] = ids
  const before = await order()
  valueOf(await arrangeHeadlines(editor, { seenFrontPage: await now(), order: [two, 999999999, one, three].join() }))
  const after = await order()
  expect(after.slice(0, 3)).toEqual([two, one, three])
  expect([...after].sort()).toEqual([...before].sort())
})

test('a stale arrangement is refused with the name of the editor who changed it', async () => {
  const { editor, ids } = await threeHeadlines()
  valueOf(await setLead(editor, { seenFrontPage: await now(), storyId: ids[0] }))
  const stale = { seenFrontPage: (await now()) - 1, storyId: ids[1] }
  expect(refusalOf(await setLead(await aPerson('editor'), stale))).toEqual({ kind: 'rearranged', by: 'Edith' })
  expect((await currentArrangement(database()))?.leadStoryId).toBe(ids[0])
})

test('a story that is not live cannot lead, and a reporter arranges nothing', async () => {
  const { editor, ids } = await threeHeadlines()
  valueOf(await withdrawStory(editor, { storyId: ids[0], reason: 'No bells rang.' }))
  const seenFrontPage = await now()
  const withdrawn = refusalOf(await setLead(editor, { seenFrontPage, storyId: ids[0] }))
  expect(withdrawn).toEqual({ kind: 'not-found', what: 'story' })
  const unpermitted = refusalOf(await setLead(await aPerson('reporter'), { seenFrontPage, storyId: ids[1] }))
  expect(unpermitted).toEqual({ kind: 'not-permitted', act: 'front-page.arrange' })
})
