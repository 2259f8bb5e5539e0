import { expect, test } from 'vitest'
import { inPlaces, newest, type Correction, type CorrectionKind } from './correction'

const note = (id: number, kind: CorrectionKind): Correction => ({
  id,
  kind,
  words: 'The ferry is a barge.',
  publishedAt: new Date(id * 1000),
})

test('a retraction stands above its story, everything else below', () => {
  const [correction, retraction, update] = [note(1, 'correction'), note(2, 'retraction'), note(3, 'update')]
  expect(inPlaces([correction, retraction, update])).toEqual({ above: [retraction], below: [correction, update] })
})

test('beside the time of a story the last note is told of, and of none nothing', () => {
  expect(newest([note(5, 'update'), note(9, 'correction'), note(7, 'clarification')])?.id).toBe(9)
  expect(newest([])).toBeNull()
})
