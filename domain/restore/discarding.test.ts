import { expect, test } from 'vitest'
import { sentence } from '../history/sentence'
import { staleTags } from '../history/tag'
import { aPerson, aSection, historyOf, lastHistoryId, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { discardChanges } from './discarding'
import { editHeadline, saveDraft, startStory } from '../story/drafting'
import { publishDraftHeadline } from '../story/headline-publishing'
import { publishNewHeadline, withdrawStory } from '../story/publishing'
import { hasUnpublishedChanges, type Live } from '../story/story'
import { subscribeToStory } from '../collaboration/notifications'
import { openDocument } from '../collaboration/sync/syncing'
import { revisionsOf } from '../collaboration/sync/writers.test-support'
import { restoreRevision } from './restoring'

/** A live story with unpublished changes. */
async function aChangedStory() {
  const editor = await aPerson('editor', 'Edith')
  const sectionId = String((await aSection()).id)
  const live = valueOf(await publishNewHeadline(editor, { headline: 'Moon ferry returns', sectionId }))
  const storyId = String(live.id)
  const fields = { storyId, headline: 'Moon ferry sinks', standfirst: 'Slowly.', slug: live.slug, sectionId }
  const story = valueOf(await saveDraft(editor, storyFields({ ...fields, seenVersion: String(live.draft.version) })))
  const form = { storyId: live.id, seenVersion: story.draft.version, seenRevision: live.liveRevisionId }
  return { editor, live, story, form, fields }
}

test('discarding makes the draft equal to the live revision, and saves the discarded draft as a revision', async () => {
  const { editor, live, story, form } = await aChangedStory()
  const back: Live = valueOf(await discardChanges(editor, form))
  expect(back).toMatchObject({ stage: 'live', liveRevisionId: live.liveRevisionId })
  expect(back.draft).toMatchObject({
    headline: 'Moon ferry returns',
    standfirst: null,
    version: story.draft.version + 1,
    keptAsRevisionId: live.liveRevisionId,
  })
  expect(hasUnpublishedChanges(back)).toBe(false)
  expect(await revisionsOf(live)).toMatchObject([
    { headline: 'Moon ferry returns', standfirst: null, keptBecause: 'published' },
    { headline: 'Moon ferry sinks', standfirst: 'Slowly.', keptBecause: 'work' },
  ])
})

test('the editors of the story are notified who restored the draft, and which revision has the former text', async () => {
  const { editor, live, form } = await aChangedStory()
  const opened = valueOf(await openDocument(editor, { storyId: live.id }))
  expect(opened).not.toHaveProperty('restoredNotice')
  const received: unknown[] = []
  const unsubscribe = subscribeToStory(live.id, (notification) => received.push(notification))
  await expect.poll(() => received).toContainEqual({ kind: 'missed' })
  valueOf(await discardChanges(editor, form))
  const by = { by: 'Edith', person: editor.id }
  await expect.poll(() => received).toContainEqual({ kind: 'restored', restoredNotice: { ...by, to: null, keptAs: 2 } })
  // For a tab that was disconnected.
  const now = valueOf(await openDocument(editor, { storyId: live.id }))
  expect(now).toMatchObject({ restoredNotice: { ...by, to: null, keptAs: 2, sequence: now.sequence } })
  expect(now.sequence).toBeGreaterThan(opened.sequence)
  const back = { storyId: live.id, seenVersion: form.seenVersion + 1 }
  const [, second] = await revisionsOf(live)
  valueOf(await restoreRevision(editor, { ...back, revisionId: second?.id }))
  await expect.poll(() => received).toContainEqual({ kind: 'restored', restoredNotice: { ...by, to: 2, keptAs: 1 } })
  unsubscribe()
})

test('the event says what was discarded and which revision has it, and invalidates no page', async () => {
  const { editor, live, form } = await aChangedStory()
  valueOf(await discardChanges(editor, form))
  const event = (await historyOf(live.id)).at(-1)
  if (event === undefined) return expect.fail('There is no event.')
  expect(sentence(event)).toBe(
    'Discarded the changes to “Moon ferry returns” (headline, standfirst; the headline was “Moon ferry sinks”): ' +
      'the draft says what readers see. What was discarded is kept as version 2.',
  )
  expect(staleTags(event)).toEqual([])
})

test('a draft that equals the live revision again refers to it, and is not saved as another', async () => {
  const { editor, live, fields, form } = await aChangedStory()
  const again = { ...fields, headline: 'Moon ferry returns', standfirst: '', seenVersion: String(form.seenVersion) }
  const saved = valueOf(await saveDraft(editor, storyFields(again)))
  expect(hasUnpublishedChanges(saved)).toBe(true)
  const before = await revisionsOf(live)
  const back = valueOf(await discardChanges(editor, { ...form, seenVersion: saved.draft.version }))
  expect(hasUnpublishedChanges(back)).toBe(false)
  expect(await revisionsOf(live)).toEqual(before)
})

test('discarding is refused where the editor has not seen the last save or publication', async () => {
  const { editor, live, story, form } = await aChangedStory()
  const otto = await aPerson('editor', 'Otto')
  valueOf(await publishDraftHeadline(otto, { storyId: live.id, seenHeadline: 'Moon ferry sinks' }))
  expect(refusalOf(await discardChanges(editor, form))).toMatchObject({ kind: 'stale', by: 'Otto' })
  const edit = { storyId: live.id, seenHeadline: story.draft.headline, headline: 'Moon ferry hums' }
  const saved = valueOf(await editHeadline(otto, edit))
  const { version } = saved.draft
  expect(refusalOf(await discardChanges(editor, form))).toMatchObject({ kind: 'stale', by: 'Otto', version })
  expect(await revisionsOf(live)).toMatchObject([{ keptBecause: 'published' }, { keptBecause: 'published' }])
})

test('discarding changes nothing in a story without unpublished changes, and is refused in one that is not live', async () => {
  const { editor, form } = await aChangedStory()
  const back = valueOf(await discardChanges(editor, form))
  const event = await lastHistoryId()
  valueOf(await discardChanges(editor, { ...form, seenVersion: back.draft.version }))
  expect(await lastHistoryId()).toBe(event)
  valueOf(await withdrawStory(editor, { storyId: back.id, reason: 'It flew away.' }))
  const withdrawn = { kind: 'out-of-turn', stage: 'withdrawn' }
  expect(refusalOf(await discardChanges(editor, { ...form, seenVersion: back.draft.version }))).toMatchObject(withdrawn)
  const started = valueOf(await startStory(editor, { headline: 'Kite', sectionId: '' }))
  expect(refusalOf(await discardChanges(editor, { ...form, storyId: started.id }))).toMatchObject({ stage: 'draft' })
})

test('a reporter may discard the changes of their own stories only', async () => {
  const { form, live } = await aChangedStory()
  const reporter = await aPerson('reporter', 'Rae')
  expect(refusalOf(await discardChanges(reporter, form))).toEqual({ kind: 'not-permitted', act: 'story.edit' })
  expect(await revisionsOf(live)).toHaveLength(1)
})
