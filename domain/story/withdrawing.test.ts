import { expect, test } from 'vitest'
import { correctStory } from '../correction/correcting'
import { sentence } from '../history/sentence'
import { aPerson, expectRefusal, historyOf, valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from '../schedule/changing'
import { scheduleStory } from '../schedule/scheduling'
import { saveDraft } from './drafting'
import { publishDraftHeadline, publishHeadline } from './headline-publishing'
import { aLiveHeadline, liveRow } from './story.test-support'
import { publishSavedDraft, publishStory, withdrawStory } from './publishing'
import { withdrawalOf } from './story'

const somewhen = { due: '2099-01-01T10:00', timeZone: 'UTC' }

/** Edith has opened a live story with changes; then Otto withdraws it. */
async function aStoryWithdrawnMeanwhile() {
  const { editor: edith, story, storyId, form } = await aLiveHeadline()
  const fields = form({ headline: 'Ferry sings' })
  valueOf(await saveDraft(edith, fields))
  const otto = await aPerson('editor', 'Otto')
  const withdraw = async () =>
    withdrawalOf(valueOf(await withdrawStory(otto, { storyId, reason: 'The lawyers say so' })))
  const withdrawal = await withdraw()
  const seen = { storyId, seenVersion: 2 }
  return { edith, story, storyId, withdrawal, withdraw, fields: { ...fields, seenVersion: '2' }, seen }
}

test('a page or a list that was opened before a withdrawal does not publish the story again', async () => {
  const { edith, storyId, fields, seen } = await aStoryWithdrawnMeanwhile()
  const before = await historyOf(storyId)
  for (const sent of [{}, { seenWithdrawal: '' }, { seenWithdrawal: '2020-01-01T10:00:00.000Z' }])
    for (const outcome of [
      await publishStory(edith, { ...fields, kicker: 'Sea', ...sent }),
      await publishSavedDraft(edith, { ...seen, ...sent }),
    ])
      expectRefusal(outcome, { kind: 'unfit', why: expect.stringContaining('withdrawn meanwhile') as string })
  expect(await liveRow(storyId)).toBeUndefined()
  expect(await historyOf(storyId)).toEqual(before)
  valueOf(await saveDraft(edith, { ...fields, kicker: 'Sea', seenWithdrawal: '' }))
  expect(await liveRow(storyId)).toBeUndefined()
})

test('a page or a list that shows the withdrawal publishes the story again', async () => {
  const [page, list] = [await aStoryWithdrawnMeanwhile(), await aStoryWithdrawnMeanwhile()]
  valueOf(await publishStory(page.edith, { ...page.fields, seenWithdrawal: page.withdrawal }))
  valueOf(await publishSavedDraft(list.edith, { ...list.seen, seenWithdrawal: list.withdrawal }))
  for (const { storyId } of [page, list]) expect(await liveRow(storyId)).toMatchObject({ headline: 'Ferry sings' })
})

test('a page that shows one withdrawal does not undo a later one', async () => {
  const { edith, storyId, withdrawal, withdraw, fields, seen } = await aStoryWithdrawnMeanwhile()
  valueOf(await publishSavedDraft(edith, { ...seen, seenWithdrawal: withdrawal }))
  const later = await withdraw()
  for (const outcome of [
    await publishStory(edith, { ...fields, seenWithdrawal: withdrawal }),
    await publishSavedDraft(edith, { ...seen, seenWithdrawal: withdrawal }),
  ])
    expectRefusal(outcome, { kind: 'unfit' })
  expect(await liveRow(storyId)).toBeUndefined()
  valueOf(await publishSavedDraft(edith, { ...seen, seenWithdrawal: later }))
})

test('the history says of a withdrawn story that it was published again, not that it was changed', async () => {
  const { edith, storyId, withdrawal, fields } = await aStoryWithdrawnMeanwhile()
  valueOf(await publishStory(edith, { ...fields, seenWithdrawal: withdrawal }))
  expect((await historyOf(storyId)).slice(-1).map(sentence)).toEqual([
    'Published “Ferry sings” again, which was withdrawn before.',
  ])
})

test('no other form that was opened before a withdrawal publishes the story again', async () => {
  const { edith, story, storyId, seen } = await aStoryWithdrawnMeanwhile()
  const note = { seenRevision: story.liveRevisionId, kind: 'correction', words: 'It never sang.', changes: 'publish' }
  for (const outcome of [
    await publishHeadline(edith, { storyId, seenHeadline: 'Ferry sings', headline: 'Ferry hums' }),
    await publishDraftHeadline(edith, { storyId, seenHeadline: 'Ferry sings' }),
    await scheduleStory(edith, { ...seen, ...somewhen }),
    await scheduleStoryChanges(edith, { ...seen, ...somewhen }),
    await correctStory(edith, { ...seen, ...note }),
  ])
    expectRefusal(outcome, { kind: 'out-of-turn', stage: 'withdrawn' })
  expect(await liveRow(storyId)).toBeUndefined()
})
