import { expect, test } from 'vitest'
import type { Refusal } from '@/domain/refusal'
import { seenAfter } from './form-context'

const seenAtOpen = { seenVersion: '3' }
const typed = { seenVersion: '3', headline: 'Mine' }

test('before the first submission a form has seen what the page showed when it was opened', () => {
  expect(seenAfter({ status: 'idle' }, seenAtOpen)).toEqual({ seenVersion: '3' })
})

test('after a save it has seen the version that the save made', () => {
  expect(seenAfter({ status: 'done', said: 'Saved.', version: 4 }, seenAtOpen)).toEqual({ seenVersion: '4' })
})

test('after a refusal that showed another editor’s values it has seen those, so that the next save is deliberate', () => {
  const theirs = { headline: 'Theirs' }
  const refusal = { kind: 'stale', by: 'Otto', version: 7, theirs } as const
  const seenInRow = { seenVersion: '3', seenHeadline: 'Old' }
  expect(seenAfter({ status: 'refused', refusal, typed }, seenInRow)).toEqual({
    seenVersion: '7',
    seenHeadline: 'Theirs',
  })
})

test('any other response showed nothing newer, whatever the refreshed page shows', () => {
  const submitted = { ...typed, seenVersion: '5' }
  const refusal: Refusal = { kind: 'unfinished', gaps: [] }
  expect(seenAfter({ status: 'refused', refusal, typed: submitted }, seenAtOpen)).toEqual({ seenVersion: '5' })
  expect(seenAfter({ status: 'unavailable', typed: submitted }, { seenVersion: '9' })).toEqual({ seenVersion: '5' })
  expect(seenAfter({ status: 'signed-out', typed: submitted }, { seenVersion: '9' })).toEqual({ seenVersion: '5' })
})
