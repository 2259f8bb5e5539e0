import { expect, test } from 'vitest'
import { sentence } from '../history/sentence'
import { aPerson, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { withdrawStory } from '../story/publishing'
import { aDraft, aLiveHeadline } from '../story/story.test-support'
import { schedules } from './due-changes.test-support'
import { cancelSchedule, scheduleStory } from './scheduling'
import { scheduleUnpublish } from './unpublishing'

const [first, later] = ['2099-01-01T10:00', '2099-06-01T10:00'].map((due) => ({ due, timeZone: 'UTC' }))
const seenAt = '2099-01-01T10:00:00.000Z'

test.each(schedules)('the schedule of %s with an unseen time is not cancelled', async (_, choose, cancel, aForm) => {
  const [edith, otto, fields] = [await aPerson('editor'), await aPerson('editor', 'Otto'), await aForm()]
  const { storyId } = fields
  for (const due of [first, later]) valueOf(await choose(edith, { ...fields, ...due }))
  // Otto has opened a page with the first time.
  const before = await historyOf(Number(storyId))
  for (const seen of [{ seenAt }, {}]) {
    const refusal = refusalOf(await cancel(otto, { storyId, ...seen }))
    expect(refusal.kind === 'unfit' && refusal.why).toContain('1 June 2099')
  }
  const inBerlin = refusalOf(await cancel(otto, { storyId, seenAt, timeZone: 'Europe/Berlin' }))
  expect(inBerlin.kind === 'unfit' && inBerlin.why).toContain('1 June 2099 at 12:00 CEST (1 June at 10:00 UTC)')
  expect(await historyOf(Number(storyId))).toEqual(before)
  valueOf(await cancel(otto, { storyId, seenAt: '2099-06-01T10:00:00.000Z' }))
})

test('cancelling a schedule, or withdrawing a story, also drops its scheduled end, and the event says so', async () => {
  const [{ editor, storyId: due, seen }, { storyId: live }] = [await aDraft(), await aLiveHeadline()]
  valueOf(await scheduleStory(editor, { ...seen, ...first }))
  for (const storyId of [due, live])
    valueOf(await scheduleUnpublish(editor, { storyId, ...later, reason: 'The licence ends.' }))
  valueOf(await cancelSchedule(editor, { storyId: due, seenAt }))
  valueOf(await withdrawStory(editor, { storyId: live, reason: 'It sank.' }))
  for (const storyId of [due, live])
    expect((await historyOf(storyId)).slice(-1).map(sentence)).toEqual([
      expect.stringContaining('The time at which it was to be unpublished is dropped as well'),
    ])
})
