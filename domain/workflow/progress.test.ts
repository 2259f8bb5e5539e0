import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refused } from '../refusal'
import type { Actor } from '../user/user'
import { initialProgress, type Progress, afterPublishing, reopened } from '../stage'
import { handIn, isFinished, isSentBack, markReady, sendBack } from './progress'
import { draft as neverLive, live, now } from '../story/stages.test-support'
import type { Story } from '../story/story'

const rae: Actor = { id: 1, name: 'Rae', role: 'reporter' }
const edith: Actor = { id: 2, name: 'Edith', role: 'editor' }
const writer = { id: 1, name: 'Rae' }
const unchanged: Story = { ...live, draft: { ...live.draft, keptAsRevisionId: live.liveRevisionId } }
const at = (progress: Progress): Story => ({ ...neverLive, progress })

const refusalOf = (decide: () => unknown) => {
  try {
    return { decided: decide() }
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

test('a draft is handed in, sent back with a note, handed in again and marked ready', () => {
  const handed = handIn(neverLive, rae, 'Look at the ferry', now)
  const moved = { at: now, byId: 1, byName: 'Rae' }
  expect(handed).toEqual({ step: 'for-review', note: 'Look at the ferry', moved, assignee: null })
  const back = sendBack(at(handed), edith, 'Which ferry?', writer, now)
  expect(isSentBack(back)).toBe(true)
  expect(back).toMatchObject({ step: 'writing', assignee: writer, moved: { byName: 'Edith' } })
  const again = handIn(at(back), rae, null, now)
  expect(again).toMatchObject({ step: 'for-review', note: null, assignee: writer })
  expect(markReady(at(again), edith, now)).toMatchObject({ step: 'ready', note: null })
})

test('a draft is not moved from another step, and the refusal names the person who moved it', () => {
  const handed = handIn(neverLive, rae, null, now)
  const refusal = refusalOf(() => handIn(at(handed), edith, null, now))
  expect(refusal).toEqual({ kind: 'out-of-step', step: 'for-review', by: 'Rae' })
  expect(refusalOf(() => sendBack(neverLive, edith, 'Which?', null, now))).toMatchObject({ kind: 'out-of-step' })
})

test('a story without unpublished changes has nothing to review, a withdrawn one neither', () => {
  const withdrawn: Story = { ...live, stage: 'withdrawn', withdrawnAt: now, withdrawnReason: 'It flew away' }
  expect([neverLive, live, unchanged, withdrawn].map(isFinished)).toEqual([false, false, true, true])
  for (const [story, finish] of [
    [unchanged, 'told'],
    [withdrawn, 'withdrawn'],
  ] as const)
    expect(refusalOf(() => handIn(story, rae, null, now))).toEqual({ kind: 'nothing-to-review', finish })
})

test('scheduled changes need no review until the draft is edited', () => {
  const due = { revisionId: 6, at: now, sectionId: 1, slug: 'rain', authorIds: [], topicIds: [] }
  const changed = live.draft.version
  const scheduled: Story = { ...live, due: { ...due, draftVersion: changed } }
  const refusal = refusalOf(() => handIn(scheduled, rae, null, now))
  expect(refusal).toEqual({ kind: 'nothing-to-review', finish: 'to-be-told' })
  expect(isFinished({ ...scheduled, draft: { ...live.draft, version: changed + 1 } })).toBe(false)
  // Null where an older build scheduled them.
  expect(isFinished({ ...live, due: { ...due, draftVersion: null } })).toBe(false)
})

test('a reporter’s change to a ready draft reopens its review; an editor’s change leaves it ready', () => {
  const ready = at(markReady(neverLive, edith, now))
  expect(reopened(ready, rae, now)).toMatchObject({ step: 'for-review', moved: { byName: 'Rae' } })
  expect(reopened(ready, edith, now)).toBeNull()
  expect(reopened(neverLive, rae, now)).toBeNull()
})

type Act = (story: Story) => Progress | null
const acts: Act[] = [
  (story) => handIn(story, rae, null, now),
  (story) => handIn(story, rae, 'Please', now),
  (story) => markReady(story, edith, now),
  (story) => sendBack(story, edith, 'Again', writer, now),
  (story) => sendBack(story, edith, 'Again', null, now),
  (story) => reopened(story, rae, now),
  (story) => reopened(story, edith, now),
  (story) => afterPublishing(story.progress),
]

test('in any order of acts a moved draft names its mover, a ready one has no note, and a draft being written has a note only when it was sent back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: acts.length - 1 }), { maxLength: 30 }), (order) => {
      let progress: Progress = initialProgress
      for (const number of order) {
        const act = acts[number]
        const answer = refusalOf(() => act?.(at(progress)) ?? null)
        if ('decided' in answer) progress = (answer.decided as Progress | null) ?? progress
        const { step, note, moved } = progress
        if (step !== 'writing') expect(moved).not.toBeNull()
        if (step === 'ready') expect(note).toBeNull()
        if (note !== null && step === 'writing') expect(moved?.byName).toBe('Edith')
        if (note !== null && step === 'for-review') expect(note).toBe('Please')
      }
    }),
  )
})
