import { expect, test } from 'vitest'
import { initialsOf, presenceSentence, truncatedName, fieldPresenceSentence, type Presence } from './presence'

const present = (name: string, person: number): Presence => ({ tab: `tab of ${name}`, name, person, field: 'kicker' })
const [ann, otto] = [present('Ann', 1), present('Otto Quibble', 2)]

test('the sentence says who is writing, and where', () => {
  expect(presenceSentence(ann)).toBe('Ann is writing in the kicker')
  expect(presenceSentence({ ...ann, field: null })).toBe('Ann is here')
  expect(fieldPresenceSentence([ann])).toBe('Ann is writing here')
  expect(fieldPresenceSentence([ann, otto])).toBe('2 are writing here')
  expect(fieldPresenceSentence([ann, { ...ann, tab: 'another' }])).toBe('Ann is writing here')
})

test('two people of one name are two', () => {
  expect(fieldPresenceSentence([ann, { ...ann, person: 9 }])).toBe('2 are writing here')
})

test('initials are those of the first and the last word of a name, in any script, and at most two', () => {
  const initials = (name: string) => initialsOf({ name })
  expect(['otto', 'Otto von der Quibble', ' Ann  Lee ', '李小龍', '\u{1D4D0}nn', ''].map(initials)).toEqual([
    'O',
    'OQ',
    'AL',
    '李',
    '\u{1D4D0}',
    '',
  ])
})

test('a long name is cut between two characters', () => {
  expect(truncatedName('\u{1F6A2}'.repeat(500))).toBe('\u{1F6A2}'.repeat(100))
})
