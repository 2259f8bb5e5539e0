import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, historyOf, valueOf } from '../newsroom.test-support'
import { scheduleUnpublish } from '../schedule/unpublishing'
import { settleDue } from '../story/settling'
import { startStory } from '../story/drafting'
import { publishNewHeadline, publishSavedDraft, withdrawStory } from '../story/publishing'
import { subscribeToStory } from '../collaboration/notifications'

const ago = (minutes: number) => sql`date_trunc('second', now()) - make_interval(mins => ${minutes})`

const timesRecorded = async (storyId: number, type: string) =>
  (await historyOf(storyId)).filter((event) => event.type === type).length

test('what is due is recorded once, even by a clock that finds it unrecorded; another time of the same story is recorded again', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const headline = { headline: 'Tin parliament sits', sectionId: String(section.id) }
  const { id } = valueOf(await publishNewHeadline(editor, headline))
  const makeLive = async (minutes: number) => {
    const unrecorded = { liveAt: ago(minutes), recordedLiveAt: null }
    await database().update(stories).set(unrecorded).where(eq(stories.id, id))
    await settleDue()
    const [story] = await database().select().from(stories).where(eq(stories.id, id))
    expect(story?.recordedLiveAt).toEqual(story?.liveAt)
    return story?.liveAt
  }
  const liveAt = await makeLive(90)
  expect(await timesRecorded(id, 'story-went-live')).toBe(1)
  await database().update(stories).set({ recordedLiveAt: null }).where(eq(stories.id, id))
  await settleDue()
  expect(await timesRecorded(id, 'story-went-live')).toBe(1)
  expect(await makeLive(60)).not.toEqual(liveAt)
  expect(await timesRecorded(id, 'story-went-live')).toBe(2)

  const end = { due: '2099-01-01T10:00:30', timeZone: 'UTC', reason: 'It sails.' }
  valueOf(await scheduleUnpublish(editor, { storyId: id, ...end }))
  const pastEnd = { unpublishAt: ago(30), unpublishReason: 'It sails.' }
  await database().update(stories).set(pastEnd).where(eq(stories.id, id))
  await settleDue()
  const sameEndAgain = {
    ...pastEnd,
    unpublishAt: sql`${stories.withdrawnAt}`,
    withdrawnAt: null,
    withdrawnReason: null,
  }
  await database().update(stories).set(sameEndAgain).where(eq(stories.id, id))
  await settleDue()
  expect(await timesRecorded(id, 'story-unpublished')).toBe(1)
})

test('subscribers of a story are notified of its new history, and no others', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const start = async (headline: string) =>
    valueOf(await startStory(editor, { headline, sectionId: String(section.id) })).id
  const [storyId, other] = [await start('Tin parliament rises'), await start('Glass orchard blooms')]
  const received: Record<number, string[]> = { [storyId]: [], [other]: [] }
  const unsubscribes = [storyId, other].map((id) => subscribeToStory(id, ({ kind }) => received[id]?.push(kind)))
  await expect.poll(() => received[other]).toEqual(['missed'])
  valueOf(await publishSavedDraft(editor, { storyId, seenVersion: 1 }))
  await expect.poll(() => received[storyId]).toEqual(['missed', 'history'])
  expect(received[other]).toEqual(['missed'])
  for (const stop of unsubscribes) stop()
})

test('SQL refuses a second record of one time of a story, but not of what people do repeatedly', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const headline = { headline: 'Glass orchard changes', sectionId: String(section.id) }
  const { id: storyId } = valueOf(await publishNewHeadline(editor, headline))
  valueOf(await withdrawStory(editor, { storyId, reason: 'It was a gull.' }))
  const story = { storyId, headline: 'Glass orchard changes', sectionId: section.id }
  const changesWentLive = {
    ...story,
    type: 'changes-went-live',
    before: 'Glass orchard waits',
    formerSectionId: section.id,
    dueAt: '2026-01-01T10:00:00.000Z',
    revisionId: 1,
    formerRevisionId: 1,
  } as const
  const insertEvent = (event: typeof history.$inferInsert.event) =>
    database().insert(history).values({ happenedAt: new Date(), actorName: 'A clock', storyId, event })
  await insertEvent(changesWentLive)
  await expect(insertEvent(changesWentLive)).rejects.toMatchObject({ cause: { code: '23505' } })
  await insertEvent({ ...changesWentLive, dueAt: '2026-01-01T11:00:00.000Z' })
  for (let n = 0; n < 2; n += 1) await insertEvent({ ...story, type: 'story-withdrawn', reason: 'It was a gull.' })
  expect(await timesRecorded(storyId, 'story-withdrawn')).toBe(3)
})
