import { expect, test } from 'vitest'
import { putBackSentence, stateSentence } from './state-sentence'
import type { WordsState } from './writing-context'

const troubles = (kept: boolean): WordsState[] => [
  { kind: 'offline', kept },
  { kind: 'signed-out', why: 'You were signed out.', kept },
  { kind: 'outdated', why: 'The newsroom was brought up to date.', kept },
  { kind: 'failed', why: 'something did not arrive', kept },
]

test('whatever keeps words from being saved, they are said to be kept on the device only where they are', () => {
  for (const state of troubles(true)) expect(stateSentence(state)).toMatch(/kept on this device/u)
  for (const state of troubles(false)) {
    expect(stateSentence(state)).not.toMatch(/kept on/u)
    expect(stateSentence(state)).toContain('Keep this tab open: this device cannot keep your words.')
  }
})

test('words that somebody put back are said to be where they are', () => {
  expect(putBackSentence({ by: 'Edith', person: 2, to: null, keptAs: 7 })).toBe(
    'Edith discarded the changes to this story: it says what readers see. What it said before is kept as version 7.',
  )
  expect(putBackSentence({ by: 'Edith', person: 2, to: 3, keptAs: null })).toBe(
    'Edith brought words of version 3 back into this story.',
  )
})
