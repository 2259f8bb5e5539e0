import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, historyOf, valueOf } from '../newsroom.test-support'
import { scheduleUnpublish } from '../schedule/unpublishing'
import { settleWhatIsDue } from '../schedule/settling'
import { startStory } from '../story/drafting'
import { publishNewHeadline, publishSavedDraft, withdrawStory } from '../story/publishing'
import { listenToStory } from '../writing/listening'

const ago = (minutes: number) => sql`date_trunc('second', now()) - make_interval(mins => ${minutes})`

const timesTold = async (storyId: number, type: string) =>
  (await historyOf(storyId)).filter((event) => event.type === type).length

test('what came true by itself is told once, also by a clock that takes it for untold; another time of the same story is told again', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const headline = { headline: 'Tin parliament sits', sectionId: String(section.id) }
  const { id } = valueOf(await publishNewHeadline(editor, headline))
  const goesLive = async (minutes: number) => {
    const untold = { liveAt: ago(minutes), toldLiveAt: null }
    await database().update(stories).set(untold).where(eq(stories.id, id))
    await settleWhatIsDue()
    const [story] = await database().select().from(stories).where(eq(stories.id, id))
    expect(story?.toldLiveAt).toEqual(story?.liveAt)
    return story?.liveAt
  }
  const liveAt = await goesLive(90)
  expect(await timesTold(id, 'story-went-live')).toBe(1)
  await database().update(stories).set({ toldLiveAt: null }).where(eq(stories.id, id))
  await settleWhatIsDue()
  expect(await timesTold(id, 'story-went-live')).toBe(1)
  expect(await goesLive(60)).not.toEqual(liveAt)
  expect(await timesTold(id, 'story-went-live')).toBe(2)

  const end = { due: '2099-01-01T10:00:30', timeZone: 'UTC', reason: 'It sails.' }
  valueOf(await scheduleUnpublish(editor, { storyId: id, ...end }))
  const ended = { unpublishAt: ago(30), unpublishReason: 'It sails.' }
  await database().update(stories).set(ended).where(eq(stories.id, id))
  await settleWhatIsDue()
  const again = { ...ended, unpublishAt: sql`${stories.withdrawnAt}`, withdrawnAt: null, withdrawnReason: null }
  await database().update(stories).set(again).where(eq(stories.id, id))
  await settleWhatIsDue()
  expect(await timesTold(id, 'story-unpublished')).toBe(1)
})

test('whoever has a story open hears that history tells more of it, and nobody else does', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const begin = async (headline: string) =>
    valueOf(await startStory(editor, { headline, sectionId: String(section.id) })).id
  const [storyId, other] = [await begin('Tin parliament rises'), await begin('Glass orchard blooms')]
  const heard: Record<number, string[]> = { [storyId]: [], [other]: [] }
  const deafen = [storyId, other].map((id) => listenToStory(id, ({ kind }) => heard[id]?.push(kind)))
  await expect.poll(() => heard[other]).toEqual(['missed'])
  valueOf(await publishSavedDraft(editor, { storyId, seenVersion: 1 }))
  await expect.poll(() => heard[storyId]).toEqual(['missed', 'told'])
  expect(heard[other]).toEqual(['missed'])
  for (const stop of deafen) stop()
})

test('SQL holds it too: the same moment of a story is not told twice; what people do is, as often as they do it', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const headline = { headline: 'Glass orchard changes', sectionId: String(section.id) }
  const { id: storyId } = valueOf(await publishNewHeadline(editor, headline))
  valueOf(await withdrawStory(editor, { storyId, reason: 'It was a gull.' }))
  const place = { storyId, headline: 'Glass orchard changes', sectionId: section.id }
  const changed = {
    ...place,
    type: 'changes-went-live',
    before: 'Glass orchard waits',
    formerSectionId: section.id,
    dueAt: '2026-01-01T10:00:00.000Z',
    revisionId: 1,
    formerRevisionId: 1,
  } as const
  const tell = (event: typeof history.$inferInsert.event) =>
    database().insert(history).values({ happenedAt: new Date(), actorName: 'A clock', storyId, event })
  await tell(changed)
  await expect(tell(changed)).rejects.toMatchObject({ cause: { code: '23505' } })
  await tell({ ...changed, dueAt: '2026-01-01T11:00:00.000Z' })
  for (let n = 0; n < 2; n += 1) await tell({ ...place, type: 'story-withdrawn', reason: 'It was a gull.' })
  expect(await timesTold(storyId, 'story-withdrawn')).toBe(3)
})
