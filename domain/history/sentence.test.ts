import { expect, test } from 'vitest'
import { sentence } from './sentence'

const note = { type: 'correction-reworded', storyId: 1, headline: 'Moon ferry', correctionId: 2, sectionId: 3 } as const

test('the sentence of a reworded correction says what was changed: its text, its kind, or both', () => {
  const sentenceFor = (kind: 'correction' | 'clarification', words: string) =>
    sentence({ ...note, kind, words, before: { kind: 'correction', words: 'It sang.' }, listedUnder: noNames })
  expect(sentenceFor('correction', 'It hummed.')).toBe(
    'Put right the words of a correction of “Moon ferry”: “It hummed.” (was “It sang.”).',
  )
  expect(sentenceFor('clarification', 'It sang.')).toBe(
    'Made a correction of “Moon ferry” a clarification: “It sang.”.',
  )
  expect(sentenceFor('clarification', 'It hummed.')).toBe(
    'Put right the words of a correction of “Moon ferry” and made it a clarification: “It hummed.” (was “It sang.”).',
  )
})

const noNames = { authorIds: [], topicIds: [] }
