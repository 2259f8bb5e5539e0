import { expect, test } from 'vitest'
import type { Refusal } from '@/domain/refusal'
import { seenNow } from './form-context'

const opened = { seenVersion: '3' }
const typed = { seenVersion: '3', headline: 'Mine' }

test('before the first answer a form has seen what the page showed when it was opened', () => {
  expect(seenNow({ status: 'idle' }, opened)).toEqual({ seenVersion: '3' })
})

test('after a save it has seen the version it made itself', () => {
  expect(seenNow({ status: 'done', said: 'Saved.', version: 4 }, opened)).toEqual({ seenVersion: '4' })
})

test('after a refusal that showed another’s words it has seen those, so the next save is deliberate', () => {
  const theirs = { headline: 'Theirs' }
  const refusal = { kind: 'stale', by: 'Otto', version: 7, theirs } as const
  const row = { seenVersion: '3', seenHeadline: 'Old' }
  expect(seenNow({ status: 'refused', refusal, typed }, row)).toEqual({ seenVersion: '7', seenHeadline: 'Theirs' })
})

test('any other answer showed nothing newer, whatever the page behind the form says by now', () => {
  const sent = { ...typed, seenVersion: '5' }
  const refusal: Refusal = { kind: 'unfinished', gaps: [] }
  expect(seenNow({ status: 'refused', refusal, typed: sent }, opened)).toEqual({ seenVersion: '5' })
  expect(seenNow({ status: 'unavailable', typed: sent }, { seenVersion: '9' })).toEqual({ seenVersion: '5' })
  expect(seenNow({ status: 'signed-out', typed: sent }, { seenVersion: '9' })).toEqual({ seenVersion: '5' })
})
