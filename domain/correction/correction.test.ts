import { expect, test } from 'vitest'
import { bodyOf, paragraph } from '../body/blocks.test-support'
import { byPosition, newest, type Correction, type CorrectionKind } from './correction'

const note = (id: number, kind: CorrectionKind): Correction => ({
  id,
  kind,
  words: 'The ferry is a barge.',
  publishedAt: new Date(id * 1000),
})

test('a retraction stands above its story, a correction that is placed in the body there, every other one below', () => {
  const [correction, retraction, update] = [note(1, 'correction'), note(2, 'retraction'), note(3, 'update')]
  const notes = [correction, retraction, update]
  expect(byPosition(notes, null)).toEqual({ above: [retraction], within: [], below: [correction, update] })
  const placed = [3, 2, 99].map((correctionId) => ({ type: 'correctionNote', attrs: { correctionId } }))
  expect(byPosition(notes, bodyOf(paragraph('p', 'It sang.'), ...placed))).toEqual({
    above: [retraction],
    within: [update],
    below: [correction],
  })
})

test('the newest correction is the last one; there is none without corrections', () => {
  expect(newest([note(5, 'update'), note(9, 'correction'), note(7, 'clarification')])?.id).toBe(9)
  expect(newest([])).toBeNull()
})
