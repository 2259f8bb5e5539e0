import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { revisions } from '@/db/schema/story'
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
import { restoreRevision } from './restoring'

const kept = (storyId: number) =>
  database().select().from(revisions).where(eq(revisions.storyId, storyId)).orderBy(asc(revisions.number))

/** A live story with a changed draft. */
async function aChangedStory() {
  const [editor, section] = [await aPerson('editor', 'Edith'), await aSection()]
  const sectionId = String(section.id)
  const live = valueOf(await publishNewHeadline(editor, { headline: 'Moon ferry returns', sectionId }))
  const storyId = String(live.id)
  const fields = { storyId, headline: 'Moon ferry sinks', standfirst: 'Slowly.', slug: live.slug, sectionId }
  const story = valueOf(await saveDraft(editor, storyFields({ ...fields, seenVersion: String(live.draft.version) })))
  const form = { storyId: live.id, seenVersion: story.draft.version, seenRevision: live.liveRevisionId }
  return { editor, live, story, form, fields }
}

test('discarding restores the live copy in the draft and keeps what was discarded', async () => {
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
  expect(
    (await kept(live.id)).map(({ headline, standfirst, keptBecause }) => [headline, standfirst, keptBecause]),
  ).toEqual([
    ['Moon ferry returns', null, 'published'],
    ['Moon ferry sinks', 'Slowly.', 'work'],
  ])
})

test('everybody who has the story open is notified who restored it, and which revision has the former text', async () => {
  const { editor, live, form } = await aChangedStory()
  const opened = valueOf(await openDocument(editor, { storyId: live.id }))
  expect(opened).not.toHaveProperty('restoredNotice')
  const received: unknown[] = []
  const unsubscribe = subscribeToStory(live.id, (notification) => received.push(notification))
  await expect.poll(() => received).toContainEqual({ kind: 'missed' })
  valueOf(await discardChanges(editor, form))
  const by = { by: 'Edith', person: editor.id }
  await expect.poll(() => received).toContainEqual({ kind: 'restored', restoredNotice: { ...by, to: null, keptAs: 2 } })
  // A client that was offline gets the notice with the next sync.
  const now = valueOf(await openDocument(editor, { storyId: live.id }))
  expect(now).toMatchObject({ restoredNotice: { ...by, to: null, keptAs: 2, sequence: now.sequence } })
  expect(now.sequence).toBeGreaterThan(opened.sequence)
  const back = { storyId: live.id, seenVersion: form.seenVersion + 1 }
  const [, second] = await kept(live.id)
  valueOf(await restoreRevision(editor, { ...back, revisionId: second?.id }))
  await expect.poll(() => received).toContainEqual({ kind: 'restored', restoredNotice: { ...by, to: 2, keptAs: 1 } })
  unsubscribe()
})

test('the history says what was discarded and where it is, and no reader page becomes stale', async () => {
  const { editor, live, form } = await aChangedStory()
  valueOf(await discardChanges(editor, form))
  const event = (await historyOf(live.id)).at(-1)
  if (event === undefined) return expect.fail('no event')
  expect(sentence(event)).toBe(
    'Discarded the changes to “Moon ferry returns” (headline, standfirst; the headline was “Moon ferry sinks”): ' +
      'the draft says what readers see. What was discarded is kept as version 2.',
  )
  expect(staleTags(event)).toEqual([])
})

test('a draft that equals the live copy again is linked to it, and not kept as a revision', async () => {
  const { editor, live, fields, form } = await aChangedStory()
  const again = { ...fields, headline: 'Moon ferry returns', standfirst: '', seenVersion: String(form.seenVersion) }
  const saved = valueOf(await saveDraft(editor, storyFields(again)))
  expect(hasUnpublishedChanges(saved)).toBe(true)
  const before = await kept(live.id)
  expect(
    hasUnpublishedChanges(valueOf(await discardChanges(editor, { ...form, seenVersion: saved.draft.version }))),
  ).toBe(false)
  expect(await kept(live.id)).toEqual(before)
})

test('an unseen save is not discarded, and an unseen publication is not restored', async () => {
  const { editor, live, story, form } = await aChangedStory()
  const otto = await aPerson('editor', 'Otto')
  valueOf(await publishDraftHeadline(otto, { storyId: live.id, seenHeadline: 'Moon ferry sinks' }))
  expect(refusalOf(await discardChanges(editor, form))).toMatchObject({ kind: 'stale', by: 'Otto' })
  const edit = { storyId: live.id, seenHeadline: story.draft.headline, headline: 'Moon ferry hums' }
  const saved = valueOf(await editHeadline(otto, edit))
  expect(refusalOf(await discardChanges(editor, form))).toMatchObject({
    kind: 'stale',
    by: 'Otto',
    version: saved.draft.version,
  })
  expect((await kept(live.id)).map(({ keptBecause }) => keptBecause)).toEqual(['published', 'published'])
})

test('a story without changes, or one that is not live, has nothing to discard', async () => {
  const { editor, form } = await aChangedStory()
  const back = valueOf(await discardChanges(editor, form))
  const event = await lastHistoryId()
  valueOf(await discardChanges(editor, { ...form, seenVersion: back.draft.version }))
  expect(await lastHistoryId()).toBe(event)
  valueOf(await withdrawStory(editor, { storyId: back.id, reason: 'It flew away.' }))
  expect(refusalOf(await discardChanges(editor, { ...form, seenVersion: back.draft.version }))).toMatchObject({
    kind: 'out-of-turn',
    stage: 'withdrawn',
  })
  const started = valueOf(await startStory(editor, { headline: 'Kite', sectionId: '' }))
  expect(refusalOf(await discardChanges(editor, { ...form, storyId: started.id }))).toMatchObject({ stage: 'draft' })
})

test('a reporter discards changes to their own stories only', async () => {
  const { form, live } = await aChangedStory()
  const reporter = await aPerson('reporter', 'Rae')
  expect(refusalOf(await discardChanges(reporter, form))).toEqual({ kind: 'not-permitted', act: 'story.edit' })
  expect(await kept(live.id)).toHaveLength(1)
})
