import { expect, test } from 'vitest'
import { aPerson, expectRefusal, refusalOf, valueOf } from '../newsroom.test-support'
import { disablePerson } from '../people/managing'
import { commandLineActor, type Actor } from '../user/user'
import { assignStory } from './assigning'
import { discardChanges } from '../restore/discarding'
import { editHeadline, saveDraft } from '../story/drafting'
import { findStory, findRevisions } from '../story/queries'
import { refusalSentence } from '../refusal-sentence'
import { publishSavedDraft } from '../story/publishing'
import { aDraft, aLiveHeadline, eventTypesOf } from '../story/story.test-support'
import { clearStory, sendStoryBack, submitStory } from './reviewing'
import { moveToken } from './progress'
import { scheduleStory } from '../schedule/scheduling'

async function aDesk() {
  const [rae, edith] = [await aPerson('reporter', 'Rae'), await aPerson('editor', 'Edith')]
  const { storyId, form, seen } = await aDraft('Kite at dusk', rae)
  const submit = (actor: Actor = rae, note?: string) => submitStory(actor, { storyId, seenStep: 'writing', note })
  const sendBack = (actor: Actor, note: string) => sendStoryBack(actor, { storyId, seenStep: 'for-review', note })
  const clear = (actor: Actor) => clearStory(actor, { ...seen, seenStep: 'for-review' })
  return { rae, edith, storyId, form, submit, sendBack, clear }
}

const progressOf = async (storyId: number) => (await findStory(commandLineActor, storyId))?.story.progress
const versionOf = async (storyId: number) => (await findStory(commandLineActor, storyId))?.story.draft.version

test('a story is handed in, sent back with a note, handed in again, marked ready and published; the history has every step', async () => {
  const { rae, edith, storyId, submit, sendBack, clear } = await aDesk()
  valueOf(await submit(rae, 'The kite is checked'))
  expect(await progressOf(storyId)).toMatchObject({ step: 'for-review', note: 'The kite is checked', assignee: null })
  valueOf(await sendBack(edith, 'Which kite?'))
  const assignee = { id: rae.id, name: 'Rae' }
  expect(await progressOf(storyId)).toMatchObject({ step: 'writing', note: 'Which kite?', assignee })
  valueOf(await submit())
  valueOf(await clear(edith))
  expect(await progressOf(storyId)).toMatchObject({ step: 'ready', moved: { byName: 'Edith' } })
  // None of it changed the draft version.
  expect(await versionOf(storyId)).toBe(1)
  valueOf(await publishSavedDraft(edith, { storyId, seenVersion: 1 }))
  expect(await progressOf(storyId)).toMatchObject({ step: 'writing', note: null, moved: null })
  expect(await eventTypesOf(storyId)).toEqual([
    'story-started',
    'story-handed-in',
    'story-sent-back',
    'story-handed-in',
    'story-cleared',
    'story-published',
  ])
})

test('a draft that is handed in is kept as a revision, once', async () => {
  const { rae, edith, storyId, submit, sendBack } = await aDesk()
  valueOf(await submit())
  valueOf(await sendBack(edith, 'Again'))
  valueOf(await submit())
  const kept = await findRevisions(rae, storyId, null)
  expect(kept?.versions.map(({ keptBecause }) => keptBecause)).toEqual(['handed-over'])
})

test('of two people who move a story at once the second is refused with what the first did', async () => {
  const [{ rae, edith, storyId, submit, sendBack, clear }, otto] = [await aDesk(), await aPerson('editor', 'Otto')]
  const both = await Promise.all([edith, rae].map((actor) => submit(actor, `From ${actor.name}`)))
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  const late = both.find(({ ok }) => !ok)
  if (!late) throw new Error('Both were first.')
  expectRefusal(late, { kind: 'out-of-step', step: 'for-review' })
  const moves = await Promise.all([clear(edith), sendBack(otto, 'Not yet')])
  expect(moves.filter(({ ok }) => ok)).toHaveLength(1)
  const winner = moves[0].ok ? { step: 'ready', by: 'Edith' } : { step: 'writing', by: 'Otto' }
  expect(await progressOf(storyId)).toMatchObject({ step: winner.step })
  const loser = moves.find(({ ok }) => !ok)
  if (!loser) throw new Error('Both were first.')
  expect(refusalOf(loser)).toEqual({ kind: 'out-of-step', ...winner })
})

test('a draft is not handed in, marked ready or sent back over an unseen note', async () => {
  const [{ rae, edith, storyId }, otto] = [await aDesk(), await aPerson('editor', 'Otto')]
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
  const { rae, edith, storyId, submit, clear } = await aDesk()
  valueOf(await submit())
  valueOf(await editHeadline(rae, { storyId, seenHeadline: 'Kite at dusk', headline: 'Kite at noon' }))
  expectRefusal(await clear(edith), { kind: 'stale', by: 'Rae' })
})

test('a reporter’s change to a ready draft reopens the review, with an event; an editor’s does not', async () => {
  const { rae, edith, storyId, form, submit, clear } = await aDesk()
  valueOf(await submit())
  valueOf(await clear(edith))
  valueOf(await editHeadline(edith, { storyId, seenHeadline: 'Kite at dusk', headline: 'Kite at noon' }))
  expect(await progressOf(storyId)).toMatchObject({ step: 'ready' })
  const saved = await saveDraft(rae, form({ seenVersion: '2' }))
  valueOf(saved)
  expect(saved.ok && saved.events.map(({ type }) => type)).toEqual(['draft-saved', 'review-reopened'])
  expect(await progressOf(storyId)).toMatchObject({ step: 'for-review', moved: { byName: 'Rae' } })
})

test('a reporter hands in their own stories, and marks nothing ready and sends nothing back', async () => {
  const { rae, edith, storyId, submit, sendBack, clear } = await aDesk()
  expectRefusal(await submit(await aPerson('reporter')), { kind: 'not-found' })
  valueOf(await submit())
  expect(refusalOf(await clear(rae))).toEqual({ kind: 'not-permitted', act: 'story.clear' })
  expect(refusalOf(await sendBack(rae, 'No'))).toEqual({ kind: 'not-permitted', act: 'story.send-back' })
  expectRefusal(await sendBack(edith, '  '), { kind: 'invalid' })
  expect(await eventTypesOf(storyId)).toEqual(['story-started', 'story-handed-in'])
})

test('scheduling ends the review, and so does discarding the changes', async () => {
  const { edith, storyId, submit } = await aDesk()
  valueOf(await submit())
  const due = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }
  const scheduled = valueOf(await scheduleStory(edith, { storyId, seenVersion: 1, ...due }))
  expect(scheduled.progress).toMatchObject({ step: 'writing' })
  expect(await progressOf(storyId)).toMatchObject({ step: 'writing' })
  expect(refusalSentence(refusalOf(await submit(edith)))).toBe(
    'There is nothing to review: readers will be told what the draft says, at its time.',
  )
  const live = await aLiveHeadline('Kite live', edith)
  const submitLive = () => submitStory(edith, { storyId: live.storyId, seenStep: 'writing' })
  valueOf(await editHeadline(edith, { storyId: live.storyId, seenHeadline: 'Kite live', headline: 'Kite changed' }))
  valueOf(await submitLive())
  const seen = { storyId: live.storyId, seenVersion: 2, seenRevision: live.story.liveRevisionId }
  valueOf(await discardChanges(edith, seen))
  expect(await progressOf(live.storyId)).toMatchObject({ step: 'writing' })
  expectRefusal(await submitLive(), { kind: 'nothing-to-review' })
})

test('a draft that is sent back is assigned to the person who handed it in, or to its owner when that person is disabled', async () => {
  const { rae, edith, storyId, submit, sendBack } = await aDesk()
  const quill = await aPerson('reporter', 'Quill')
  valueOf(await assignStory(edith, { storyId, seenAssignee: '', assigneeId: quill.id }))
  valueOf(await submit(quill))
  valueOf(await sendBack(edith, 'Again'))
  expect((await progressOf(storyId))?.assignee).toMatchObject({ name: 'Quill' })
  valueOf(await submit(quill))
  valueOf(await disablePerson(commandLineActor, { userId: quill.id }))
  valueOf(await sendBack(edith, 'Again'))
  expect((await progressOf(storyId))?.assignee).toMatchObject({ id: rae.id })
})
