import { expect, test } from 'vitest'
import { refusalSentence } from './refusal-sentence'

test('the end of an embargo is shown in the newsroom’s time', () => {
  const refusal = { kind: 'embargoed', until: '2027-10-31T00:30:00.000Z', note: 'The palace' } as const
  expect(refusalSentence(refusal, 'Europe/Berlin')).toContain(
    'until Sunday, 31 October 2027 at 02:30 CEST (31 October at 00:30 UTC) (The palace)',
  )
})

test('the stage of a story is named in plain words', () => {
  expect(refusalSentence({ kind: 'out-of-turn', stage: 'draft', allowed: ['scheduled'] })).toBe(
    'This story is a draft, so this cannot be done. It can be done when it is scheduled.',
  )
})
