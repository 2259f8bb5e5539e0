import { expect, test } from 'vitest'
import { aPerson, aSection, historyOf, refusalOf, storyFields, valueOf } from '../newsroom.test-support'
import { disablePerson } from '../people/managing'
import { commandLineActor } from '../user/user'
import { assignStory } from './assigning'
import { discardChanges } from '../restore/discarding'
import { editHeadline, saveDraft, startStory } from '../story/drafting'
import { findStory, findRevisions } from '../story/queries'
import { refusalSentence } from '../refusal-sentence'
import { publishNewHeadline, publishSavedDraft } from '../story/publishing'
import { clearStory, sendStoryBack, submitStory } from './reviewing'
import { moveToken } from './progress'
import { scheduleStory } from '../schedule/scheduling'

async function aDesk() {
  const [rae, edith, otto] = [
    await aPerson('reporter', 'Rae'),
    await aPerson('editor', 'Edith'),
    await aPerson('editor', 'Otto'),
  ]
  const section = await aSection()
  const { id: storyId } = valueOf(await startStory(rae, { headline: 'Kite at dusk', sectionId: String(section.id) }))
  return { rae, edith, otto, section, storyId }
}

const progressOf = async (storyId: number) => (await findStory(commandLineActor, storyId))?.story.progress
const versionOf = async (storyId: number) => (await findStory(commandLineActor, storyId))?.story.draft.version

test('a story is handed in, sent back with a note, handed in again, marked ready and published; the history has every step', async () => {
  const { rae, edith, storyId } = await aDesk()
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing', note: 'The kite is checked' }))
  expect(await progressOf(storyId)).toMatchObject({ step: 'for-review', note: 'The kite is checked', assignee: null })
  valueOf(await sendStoryBack(edith, { storyId, seenStep: 'for-review', note: 'Which kite?' }))
  expect(await progressOf(storyId)).toMatchObject({
    step: 'writing',
    note: 'Which kite?',
    assignee: { id: rae.id, name: 'Rae' },
  })
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  valueOf(await clearStory(edith, { storyId, seenStep: 'for-review', seenVersion: 1 }))
  expect(await progressOf(storyId)).toMatchObject({ step: 'ready', moved: { byName: 'Edith' } })
  // None of it changed the draft version.
  expect(await versionOf(storyId)).toBe(1)
  valueOf(await publishSavedDraft(edith, { storyId, seenVersion: 1 }))
  expect(await progressOf(storyId)).toMatchObject({ step: 'writing', note: null, moved: null })
  expect((await historyOf(storyId)).map(({ type }) => type)).toEqual([
    'story-started',
    'story-handed-in',
    'story-sent-back',
    'story-handed-in',
    'story-cleared',
    'story-published',
  ])
})

test('a draft that is handed in is kept as a revision, once', async () => {
  const { rae, edith, storyId } = await aDesk()
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  valueOf(await sendStoryBack(edith, { storyId, seenStep: 'for-review', note: 'Again' }))
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  const kept = await findRevisions(rae, storyId, null)
  expect(kept?.versions.map(({ keptBecause }) => keptBecause)).toEqual(['handed-over'])
})

test('of two people who move a story at once the second is refused with what the first did', async () => {
  const { rae, edith, otto, storyId } = await aDesk()
  const both = await Promise.all(
    [edith, rae].map((actor) => submitStory(actor, { storyId, seenStep: 'writing', note: `From ${actor.name}` })),
  )
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  const late = both.find(({ ok }) => !ok)
  if (!late) throw new Error('Both were first.')
  expect(refusalOf(late)).toMatchObject({ kind: 'out-of-step', step: 'for-review' })
  const moves = await Promise.all([
    clearStory(edith, { storyId, seenStep: 'for-review', seenVersion: 1 }),
    sendStoryBack(otto, { storyId, seenStep: 'for-review', note: 'Not yet' }),
  ])
  expect(moves.filter(({ ok }) => ok)).toHaveLength(1)
  const winner = moves[0].ok ? { step: 'ready', by: 'Edith' } : { step: 'writing', by: 'Otto' }
  expect(await progressOf(storyId)).toMatchObject({ step: winner.step })
  const loser = moves.find(({ ok }) => !ok)
  if (!loser) throw new Error('Both were first.')
  expect(refusalOf(loser)).toEqual({ kind: 'out-of-step', ...winner })
})

test('a draft is not handed in, marked ready or sent back over an unseen note', async () => {
  const { rae, edith, otto, storyId } = await aDesk()
  const seen = async () => {
    const progress = await progressOf(storyId)
    if (!progress) throw new Error('The story is gone.')
    return { storyId, seenStep: progress.step, seenMove: moveToken(progress) }
  }
  const before = await seen()
  valueOf(await submitStory(rae, { ...before, note: 'The kite is checked' }))
  const handedIn = await seen()
  valueOf(await sendStoryBack(edith, { ...handedIn, note: 'Which kite?' }))
  const back = { kind: 'out-of-step', step: 'writing', by: 'Edith' }
  expect(refusalOf(await submitStory(otto, { ...before, note: 'Looks good' }))).toEqual(back)
  expect(await progressOf(storyId)).toMatchObject({ step: 'writing', note: 'Which kite?' })
  valueOf(await submitStory(rae, { ...(await seen()), note: 'Not before the lawyer rings' }))
  const again = { kind: 'out-of-step', step: 'for-review', by: 'Rae' }
  expect(refusalOf(await clearStory(otto, { ...handedIn, seenVersion: 1 }))).toEqual(again)
  expect(refusalOf(await sendStoryBack(otto, { ...handedIn, note: 'Which kite?' }))).toEqual(again)
  expect(await progressOf(storyId)).toMatchObject({ step: 'for-review', note: 'Not before the lawyer rings' })
  valueOf(await clearStory(otto, { ...(await seen()), seenVersion: 1 }))
})

test('an editor marks the draft that they read as ready: a later save is a conflict', async () => {
  const { rae, edith, storyId } = await aDesk()
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  valueOf(await editHeadline(rae, { storyId, seenHeadline: 'Kite at dusk', headline: 'Kite at noon' }))
  expect(refusalOf(await clearStory(edith, { storyId, seenStep: 'for-review', seenVersion: 1 }))).toMatchObject({
    kind: 'stale',
    by: 'Rae',
  })
})

test('a reporter’s change to a ready draft reopens the review, with an event; an editor’s does not', async () => {
  const { rae, edith, storyId, section } = await aDesk()
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  valueOf(await clearStory(edith, { storyId, seenStep: 'for-review', seenVersion: 1 }))
  valueOf(await editHeadline(edith, { storyId, seenHeadline: 'Kite at dusk', headline: 'Kite at noon' }))
  expect(await progressOf(storyId)).toMatchObject({ step: 'ready' })
  const fields = storyFields({ storyId: String(storyId), seenVersion: '2', sectionId: String(section.id) })
  const saved = await saveDraft(rae, fields)
  valueOf(saved)
  expect(saved.ok && saved.events.map(({ type }) => type)).toEqual(['draft-saved', 'review-reopened'])
  expect(await progressOf(storyId)).toMatchObject({ step: 'for-review', moved: { byName: 'Rae' } })
})

test('a reporter hands in their own stories, and marks nothing ready and sends nothing back', async () => {
  const { rae, edith, storyId } = await aDesk()
  const other = await aPerson('reporter')
  expect(refusalOf(await submitStory(other, { storyId, seenStep: 'writing' }))).toMatchObject({ kind: 'not-found' })
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  expect(refusalOf(await clearStory(rae, { storyId, seenStep: 'for-review', seenVersion: 1 }))).toEqual({
    kind: 'not-permitted',
    act: 'story.clear',
  })
  expect(refusalOf(await sendStoryBack(rae, { storyId, seenStep: 'for-review', note: 'No' }))).toEqual({
    kind: 'not-permitted',
    act: 'story.send-back',
  })
  const empty = await sendStoryBack(edith, { storyId, seenStep: 'for-review', note: '  ' })
  expect(refusalOf(empty)).toMatchObject({ kind: 'invalid' })
  expect((await historyOf(storyId)).map(({ type }) => type)).toEqual(['story-started', 'story-handed-in'])
})

test('scheduling ends the review, and so does discarding the changes', async () => {
  const { rae, edith, storyId, section } = await aDesk()
  valueOf(await submitStory(rae, { storyId, seenStep: 'writing' }))
  const due = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
  const scheduled = valueOf(await scheduleStory(edith, { storyId, seenVersion: 1, ...due }))
  expect(scheduled.progress).toMatchObject({ step: 'writing' })
  expect(await progressOf(storyId)).toMatchObject({ step: 'writing' })
  expect(refusalSentence(refusalOf(await submitStory(edith, { storyId, seenStep: 'writing' })))).toBe(
    'There is nothing to review: readers will be told what the draft says, at its time.',
  )
  const live = valueOf(await publishNewHeadline(edith, { headline: 'Kite live', sectionId: String(section.id) }))
  valueOf(await editHeadline(edith, { storyId: live.id, seenHeadline: 'Kite live', headline: 'Kite changed' }))
  valueOf(await submitStory(edith, { storyId: live.id, seenStep: 'writing' }))
  valueOf(await discardChanges(edith, { storyId: live.id, seenVersion: 2, seenRevision: live.liveRevisionId }))
  expect(await progressOf(live.id)).toMatchObject({ step: 'writing' })
  expect(refusalOf(await submitStory(edith, { storyId: live.id, seenStep: 'writing' }))).toMatchObject({
    kind: 'nothing-to-review',
  })
})

test('a draft that is sent back is assigned to the person who handed it in, or to its owner when that person is disabled', async () => {
  const { rae, edith, storyId } = await aDesk()
  const quill = await aPerson('reporter', 'Quill')
  valueOf(await assignStory(edith, { storyId, seenAssignee: '', assigneeId: quill.id }))
  valueOf(await submitStory(quill, { storyId, seenStep: 'writing' }))
  valueOf(await sendStoryBack(edith, { storyId, seenStep: 'for-review', note: 'Again' }))
  expect((await progressOf(storyId))?.assignee).toMatchObject({ name: 'Quill' })
  valueOf(await submitStory(quill, { storyId, seenStep: 'writing' }))
  valueOf(await disablePerson(commandLineActor, { userId: quill.id }))
  valueOf(await sendStoryBack(edith, { storyId, seenStep: 'for-review', note: 'Again' }))
  expect((await progressOf(storyId))?.assignee).toMatchObject({ id: rae.id })
})
