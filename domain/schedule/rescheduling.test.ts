import { expect, test } from 'vitest'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import type { Operation } from '../operation'
import { saveDraft, startStory } from '../story/drafting'
import { publishSavedDraft, publishStory } from '../story/publishing'
import { scheduleOf } from '../story/story'
import { aLiveHeadline } from '../story/live-headline.test-support'
import { cancelStoryChanges, scheduleStoryChanges } from './changing'
import { cancelSchedule, scheduleStory } from './scheduling'
import { cancelUnpublish, scheduleUnpublish } from './unpublishing'

type Fields = Record<string, unknown>

const due = (typed: string) => ({ due: typed, timeZone: 'Europe/Berlin' })

/** Edith chooses a time and Otto, whose page shows none, another one; later he moves a time that she has cancelled. */
async function refusesUnseen(choose: Operation<unknown>, cancel: Operation<unknown>, fields: Fields) {
  const [edith, otto] = [await aPerson('editor', 'Edith'), await aPerson('editor', 'Otto')]
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
}

test('a story is not rescheduled over an unseen time, or after an unseen cancellation', async () => {
  const [editor, section] = [await aPerson('editor'), await aSection()]
  const { id } = valueOf(await startStory(editor, { headline: 'Moon ferry', sectionId: String(section.id) }))
  await refusesUnseen(scheduleStory, cancelSchedule, { storyId: id, seenVersion: 1 })
})

test('changes are not rescheduled over an unseen time, or after an unseen cancellation', async () => {
  const { editor, section, story } = await aLiveHeadline()
  const fields = { storyId: String(story.id), seenVersion: '1', sectionId: String(section.id) }
  valueOf(await saveDraft(editor, storyFields({ ...fields, headline: 'Ferry sings' })))
  await refusesUnseen(scheduleStoryChanges, cancelStoryChanges, { storyId: story.id, seenVersion: 2 })
})

test('the end of a story is not rescheduled over an unseen time, or after an unseen cancellation', async () => {
  const { story } = await aLiveHeadline()
  await refusesUnseen(scheduleUnpublish, cancelUnpublish, { storyId: story.id, reason: 'The licence ends.' })
})

test('an unseen reason for an end is not replaced', async () => {
  const { editor, story } = await aLiveHeadline()
  const otto = await aPerson('editor', 'Otto')
  const end = { storyId: story.id, ...due('2099-06-01T10:00') }
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
  const [edith, otto, section] = [await aPerson('editor'), await aPerson('editor'), await aSection()]
  const { id } = valueOf(await startStory(edith, { headline: 'Moon ferry', sectionId: String(section.id) }))
  const seen = { storyId: String(id), seenVersion: '1', seenSchedule: '' }
  const fields = { ...storyFields({ headline: 'Moon ferry', sectionId: String(section.id) }), ...seen }
  const scheduled = valueOf(await scheduleStory(edith, { ...seen, ...due('2099-06-01T10:00') }))
  for (const refused of [await publishStory(otto, fields), await publishSavedDraft(otto, seen)])
    expect(refusalOf(refused)).toMatchObject({ kind: 'unfit' })
  valueOf(await publishSavedDraft(otto, { ...seen, seenSchedule: scheduleOf(scheduled) }))
  const changed = { ...fields, headline: 'Moon ferry sings' }
  valueOf(await saveDraft(edith, changed))
  const next = { ...seen, seenVersion: '2' }
  const changes = valueOf(await scheduleStoryChanges(edith, { ...next, ...due('2099-07-01T10:00') }))
  expect(refusalOf(await publishSavedDraft(otto, next))).toMatchObject({ kind: 'unfit' })
  valueOf(await publishSavedDraft(otto, { ...next, seenSchedule: scheduleOf(changes) }))
})
