import { expect, test } from 'vitest'
import { aPerson, expectRefusal, historyOf, refusalOf, valueOf } from '../newsroom.test-support'
import { saveDraft } from '../story/drafting'
import { publishSavedDraft, publishStory } from '../story/publishing'
import { scheduleOf } from '../story/story'
import { aDraft, aLiveHeadline } from '../story/story.test-support'
import { scheduleStoryChanges } from './changing'
import { schedules } from './due-changes.test-support'
import { scheduleStory } from './scheduling'
import { scheduleUnpublish } from './unpublishing'

const due = (typed: string) => ({ due: typed, timeZone: 'Europe/Berlin' })

test.each(schedules)('%s: no unseen time is replaced, and no cancelled one moved', async (_, choose, cancel, aForm) => {
  const [edith, otto, fields] = [await aPerson('editor', 'Edith'), await aPerson('editor', 'Otto'), await aForm()]
  const storyId = Number(fields.storyId)
  valueOf(await choose(edith, { ...fields, ...due('2099-06-01T10:00'), seenAt: '' }))
  const before = await historyOf(storyId)
  const unseen = refusalOf(await choose(otto, { ...fields, ...due('2099-01-01T10:00'), seenAt: '' }))
  expect(unseen.kind === 'unfit' && unseen.why).toContain('1 June 2099 at 10:00 CEST')
  expect(await historyOf(storyId)).toEqual(before)

  const seenAt = '2099-06-01T08:00:00.000Z'
  valueOf(await choose(otto, { ...fields, ...due('2099-06-01T10:00'), seenAt: '' }))
  valueOf(await choose(otto, { ...fields, ...due('2099-07-01T10:00'), seenAt }))
  const moved = { storyId, seenAt: '2099-07-01T08:00:00.000Z' }
  valueOf(await cancel(edith, moved))
  const gone = refusalOf(await choose(otto, { ...fields, ...due('2099-08-01T10:00'), seenAt: moved.seenAt }))
  expect(gone.kind === 'unfit' && gone.why).toContain('Somebody took it out of the schedule')
  valueOf(await choose(otto, { ...fields, ...due('2099-08-01T10:00'), seenAt: '' }))
})

test('an unseen reason for an end is not replaced', async () => {
  const [{ editor, storyId }, otto] = [await aLiveHeadline(), await aPerson('editor', 'Otto')]
  const end = { storyId, ...due('2099-06-01T10:00') }
  valueOf(await scheduleUnpublish(editor, { ...end, reason: 'The licence ends.', seenAt: '', seenReason: '' }))
  const his = { ...end, reason: 'The court said so.', seenAt: '', seenReason: '' }
  const unseen = refusalOf(await scheduleUnpublish(otto, his))
  expect(unseen.kind === 'unfit' && unseen.why).toContain('“The licence ends.”')
  // The same reason, and another one after a page that shows it.
  valueOf(await scheduleUnpublish(otto, { ...his, reason: 'The licence ends.' }))
  const { unpublish } = valueOf(await scheduleUnpublish(otto, { ...his, seenReason: 'The licence ends.' }))
  expect(unpublish).toMatchObject({ reason: 'The court said so.' })
})

test('a story and its changes are not published before an unseen scheduled time', async () => {
  const [{ editor: edith, form, storyId }, otto] = [await aDraft(), await aPerson('editor')]
  const seen = { storyId, seenVersion: '1', seenSchedule: '' }
  const fields = { ...form(), seenSchedule: '' }
  const scheduled = valueOf(await scheduleStory(edith, { ...seen, ...due('2099-06-01T10:00') }))
  for (const refused of [await publishStory(otto, fields), await publishSavedDraft(otto, seen)])
    expectRefusal(refused, { kind: 'unfit' })
  valueOf(await publishSavedDraft(otto, { ...seen, seenSchedule: scheduleOf(scheduled) }))
  valueOf(await saveDraft(edith, form({ headline: 'Moon ferry sings' })))
  const next = { ...seen, seenVersion: '2' }
  const changes = valueOf(await scheduleStoryChanges(edith, { ...next, ...due('2099-07-01T10:00') }))
  expectRefusal(await publishSavedDraft(otto, next), { kind: 'unfit' })
  valueOf(await publishSavedDraft(otto, { ...next, seenSchedule: scheduleOf(changes) }))
})
