import { expect, test } from 'vitest'
import { correctStory } from '../correction/correcting'
import { sentence } from '../history/sentence'
import { aPerson, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { scheduleStoryChanges } from '../schedule/changing'
import { scheduleStory } from '../schedule/scheduling'
import { saveDraft } from './drafting'
import { publishDraftHeadline, publishHeadline } from './headline-publishing'
import { aLiveHeadline, liveRow } from './live-headline.test-support'
import { publishSavedDraft, publishStory, withdrawStory } from './publishing'

const somewhen = { due: '2099-01-01T10:00', timeZone: 'UTC' }

/** Edith has the story on her screen as it is live, with changes; Otto withdraws it. */
async function aStoryWithdrawnMeanwhile() {
  const { editor: edith, section, story } = await aLiveHeadline()
  const { id: storyId, liveRevisionId } = story
  const fields = storyFields({ storyId: String(storyId), headline: 'Ferry sings', sectionId: String(section.id) })
  valueOf(await saveDraft(edith, { ...fields, seenVersion: '1' }))
  valueOf(await withdrawStory(await aPerson('editor', 'Otto'), { storyId, reason: 'The lawyers say so' }))
  return { edith, storyId, liveRevisionId, fields: { ...fields, seenVersion: '2' }, seen: { storyId, seenVersion: 2 } }
}

test('whoever presses a button of before a withdrawal does not bring the story back, from its page or from a list', async () => {
  const { edith, storyId, fields, seen } = await aStoryWithdrawnMeanwhile()
  const before = await historyOf(storyId)
  for (const seenStage of [{ seenStage: 'live' }, { seenStage: 'draft' }, { seenStage: 'scheduled' }, {}])
    for (const outcome of [
      await publishStory(edith, { ...fields, kicker: 'Sea', ...seenStage }),
      await publishSavedDraft(edith, { ...seen, ...seenStage }),
    ])
      expect(refusalOf(outcome)).toMatchObject({
        kind: 'unfit',
        why: expect.stringContaining('withdrawn meanwhile') as string,
      })
  expect(await liveRow(storyId)).toBeUndefined()
  expect(await historyOf(storyId)).toEqual(before)
  valueOf(await saveDraft(edith, { ...fields, kicker: 'Sea', seenStage: 'live' }))
  expect(await liveRow(storyId)).toBeUndefined()
})

test('whoever saw that it is withdrawn publishes it again, from its page or from a list', async () => {
  const [page, list] = [await aStoryWithdrawnMeanwhile(), await aStoryWithdrawnMeanwhile()]
  valueOf(await publishStory(page.edith, { ...page.fields, seenStage: 'withdrawn' }))
  valueOf(await publishSavedDraft(list.edith, { ...list.seen, seenStage: 'withdrawn' }))
  for (const { storyId } of [page, list]) expect(await liveRow(storyId)).toMatchObject({ headline: 'Ferry sings' })
})

test('history says of a withdrawn story that it was published again, not that it was changed', async () => {
  const { edith, storyId, fields } = await aStoryWithdrawnMeanwhile()
  valueOf(await publishStory(edith, { ...fields, seenStage: 'withdrawn' }))
  expect((await historyOf(storyId)).slice(-1).map(sentence)).toEqual([
    'Published “Ferry sings” again, which was withdrawn before.',
  ])
})

test('no other button of before a withdrawal brings it back either', async () => {
  const { edith, storyId, seen, liveRevisionId } = await aStoryWithdrawnMeanwhile()
  const note = { seenRevision: liveRevisionId, kind: 'correction', words: 'It never sang.', changes: 'publish' }
  for (const outcome of [
    await publishHeadline(edith, { storyId, seenHeadline: 'Ferry sings', headline: 'Ferry hums' }),
    await publishDraftHeadline(edith, { storyId, seenHeadline: 'Ferry sings' }),
    await scheduleStory(edith, { ...seen, ...somewhen }),
    await scheduleStoryChanges(edith, { ...seen, ...somewhen }),
    await correctStory(edith, { ...seen, ...note }),
  ])
    expect(refusalOf(outcome)).toMatchObject({ kind: 'out-of-turn', stage: 'withdrawn' })
  expect(await liveRow(storyId)).toBeUndefined()
})
