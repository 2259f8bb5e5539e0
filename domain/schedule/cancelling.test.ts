import { expect, test } from 'vitest'
import { sentence } from '../history/sentence'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import type { Operation } from '../operation'
import { saveDraft, startStory } from '../story/drafting'
import { aLiveHeadline } from '../story/live-headline.test-support'
import { withdrawStory } from '../story/publishing'
import { cancelStoryChanges, scheduleStoryChanges } from './changing'
import { cancelSchedule, scheduleStory } from './scheduling'
import { cancelUnpublish, scheduleUnpublish } from './unpublishing'

const [first, later] = ['2099-01-01T10:00', '2099-06-01T10:00'].map((due) => ({ due, timeZone: 'UTC' }))
const seenAt = '2099-01-01T10:00:00.000Z'

/** Otto has opened a page with the first time; then a colleague has chosen the later one. */
async function refusesUnseen(cancel: Operation<unknown>, storyId: number) {
  const otto = await aPerson('editor', 'Otto')
  const before = await historyOf(storyId)
  for (const seen of [{ seenAt }, {}]) {
    const refusal = refusalOf(await cancel(otto, { storyId, ...seen }))
    expect(refusal.kind === 'unfit' && refusal.why).toContain('1 June 2099')
  }
  const inBerlin = refusalOf(await cancel(otto, { storyId, seenAt, timeZone: 'Europe/Berlin' }))
  expect(inBerlin.kind === 'unfit' && inBerlin.why).toContain('1 June 2099 at 12:00 CEST (1 June at 10:00 UTC)')
  expect(await historyOf(storyId)).toEqual(before)
  valueOf(await cancel(otto, { storyId, seenAt: '2099-06-01T10:00:00.000Z' }))
}

test('a schedule with an unseen time is not cancelled', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const { id } = valueOf(await startStory(editor, { headline: 'Moon ferry', sectionId: String(section.id) }))
  for (const due of [first, later]) valueOf(await scheduleStory(editor, { storyId: id, seenVersion: 1, ...due }))
  await refusesUnseen(cancelSchedule, id)
})

test('cancelling a schedule, or withdrawing a story, also drops its scheduled end, and the event says so', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const { id } = valueOf(await startStory(editor, { headline: 'Moon ferry', sectionId: String(section.id) }))
  valueOf(await scheduleStory(editor, { storyId: id, seenVersion: 1, ...first }))
  const { story } = await aLiveHeadline()
  for (const storyId of [id, story.id])
    valueOf(await scheduleUnpublish(editor, { storyId, ...later, reason: 'The licence ends.' }))
  valueOf(await cancelSchedule(editor, { storyId: id, seenAt }))
  valueOf(await withdrawStory(editor, { storyId: story.id, reason: 'It sank.' }))
  for (const storyId of [id, story.id])
    expect((await historyOf(storyId)).slice(-1).map(sentence)).toEqual([
      expect.stringContaining('The time at which it was to be unpublished is dropped as well'),
    ])
})

test('scheduled changes with an unseen time are not cancelled', async () => {
  const { editor, section, story } = await aLiveHeadline()
  const fields = { storyId: String(story.id), seenVersion: '1', sectionId: String(section.id) }
  valueOf(await saveDraft(editor, storyFields({ ...fields, headline: 'Ferry sings' })))
  for (const due of [first, later])
    valueOf(await scheduleStoryChanges(editor, { storyId: story.id, seenVersion: 2, ...due }))
  await refusesUnseen(cancelStoryChanges, story.id)
})

test('a scheduled end with an unseen time is not cancelled', async () => {
  const { editor, story } = await aLiveHeadline()
  for (const due of [first, later])
    valueOf(await scheduleUnpublish(editor, { storyId: story.id, ...due, reason: 'The licence ends.' }))
  await refusesUnseen(cancelUnpublish, story.id)
})
