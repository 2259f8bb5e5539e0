import { expect, test } from 'vitest'
import { aPerson, expectRefusal, historyOf, valueOf } from '../newsroom.test-support'
import { publishHeadline } from '../story/headline-publishing'
import { eventTypesOf, liveRow } from '../story/story.test-support'
import { publishSavedDraft, withdrawStory } from '../story/publishing'
import { discardChanges } from '../restore/discarding'
import { cancelStoryChanges, scheduleStoryChanges } from './changing'
import {
  aChangedStory,
  ago,
  aStoryWithDueChanges,
  HOUR,
  inSeconds,
  setTimes,
  visibleStory,
} from './due-changes.test-support'
import { cancelUnpublish, scheduleUnpublish } from './unpublishing'

test('changes are rescheduled and cancelled, with one revision for each copy', async () => {
  const { editor, storyId, seen } = await aChangedStory()
  const first = valueOf(await scheduleStoryChanges(editor, { ...seen, ...inSeconds(HOUR) }))
  const second = valueOf(await scheduleStoryChanges(editor, { ...seen, ...inSeconds(2 * HOUR) }))
  expect(second.due?.revisionId).toBe(first.due?.revisionId)
  const seenAt = second.due?.at.toISOString()
  expect(valueOf(await cancelStoryChanges(editor, { storyId, seenAt })).due).toBeNull()
  expectRefusal(await cancelStoryChanges(editor, { storyId }), { kind: 'unfit' })
  await setTimes(storyId, { liveAt: ago(HOUR) })
  expect(await liveRow(storyId)).toMatchObject({ headline: 'Moon ferry returns' })
  expect((await eventTypesOf(storyId)).slice(-3)).toEqual([
    'changes-scheduled',
    'changes-scheduled',
    'scheduled-changes-cancelled',
  ])
})

test('publishing cancels scheduled changes, and the history says so', async () => {
  const { editor, storyId, seen } = await aStoryWithDueChanges()
  const story = valueOf(await publishSavedDraft(editor, seen))
  expect(story.due).toBeNull()
  const cancelled = (await historyOf(storyId)).find(({ type }) => type === 'scheduled-changes-cancelled')
  expect(cancelled).toMatchObject({ superseded: true })
  const again = await aStoryWithDueChanges()
  const typed = { storyId: again.storyId, seenHeadline: 'Moon ferry returns', headline: 'Moon ferry is late' }
  expect(valueOf(await publishHeadline(again.editor, typed)).due).toBeNull()
  expect(await eventTypesOf(again.storyId)).toContain('scheduled-changes-cancelled')
})

test('changes cannot be scheduled without any, of a story that is not live or ends before, from a stale page, or by a reporter', async () => {
  const { editor, storyId, seen } = await aChangedStory()
  const reporter = await aPerson('reporter')
  const due = inSeconds(HOUR)
  expectRefusal(await scheduleStoryChanges(reporter, { ...seen, ...due }), { kind: 'not-permitted' })
  expectRefusal(await scheduleStoryChanges(editor, { ...seen, seenVersion: 1, ...due }), { kind: 'stale' })
  const ending = { storyId, ...inSeconds(HOUR / 2), reason: 'It sails.' }
  const { unpublish } = valueOf(await scheduleUnpublish(editor, ending))
  expectRefusal(await scheduleStoryChanges(editor, { ...seen, ...due }), { kind: 'invalid' })
  valueOf(await cancelUnpublish(editor, { storyId, seenAt: unpublish?.at.toISOString() }))
  valueOf(await scheduleStoryChanges(editor, { ...seen, ...due }))
  expectRefusal(await cancelStoryChanges(reporter, { storyId }), { kind: 'not-permitted' })
  const published = valueOf(await publishSavedDraft(editor, seen))
  expectRefusal(await scheduleStoryChanges(editor, { ...seen, ...due }), { kind: 'invalid' })
  expect(published.stage).toBe('live')
  valueOf(await withdrawStory(editor, { storyId, reason: 'No ferry.' }))
  expectRefusal(await scheduleStoryChanges(editor, { ...seen, ...due }), { kind: 'out-of-turn' })
})

test('discarding the draft leaves scheduled changes', async () => {
  const { editor, storyId, seen } = await aStoryWithDueChanges()
  const story = await visibleStory(editor, storyId)
  if (story?.stage !== 'live') throw new Error('It is live.')
  const kept = valueOf(await discardChanges(editor, { ...seen, seenRevision: story.liveRevisionId }))
  expect(kept.due?.revisionId).toBe(story.due?.revisionId)
})

test('the scheduled end of a story needs a reason and a time after its publication, can change, and is dropped with a withdrawal', async () => {
  const { editor, storyId } = await aChangedStory()
  const reporter = await aPerson('reporter')
  const due = inSeconds(HOUR)
  expectRefusal(await scheduleUnpublish(editor, { storyId, ...due, reason: ' ' }), { kind: 'invalid' })
  expectRefusal(await scheduleUnpublish(reporter, { storyId, ...due, reason: 'x' }), { kind: 'not-permitted' })
  valueOf(await scheduleUnpublish(editor, { storyId, ...due, reason: 'The licence ends.' }))
  const prolonged = { storyId, ...inSeconds(2 * HOUR), reason: 'It was prolonged.' }
  const { unpublish } = valueOf(await scheduleUnpublish(editor, prolonged))
  expect(await visibleStory(editor, storyId)).toMatchObject({ unpublish: { reason: 'It was prolonged.' } })
  expectRefusal(await cancelUnpublish(reporter, { storyId }), { kind: 'not-permitted' })
  valueOf(await cancelUnpublish(editor, { storyId, seenAt: unpublish?.at.toISOString() }))
  expectRefusal(await cancelUnpublish(editor, { storyId }), { kind: 'unfit', why: 'The story stays already.' })
  expect((await eventTypesOf(storyId)).slice(-3)).toEqual([
    'unpublish-scheduled',
    'unpublish-scheduled',
    'unpublish-cancelled',
  ])
})
