import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinNames, nameKey, replaceNames, parseNames, mergeNames, slugForName } from './name'

test('names stand between commas, semicolons and new lines, each once, whatever its capitals, accents and spaces', () => {
  expect(parseNames(' Zoë Wobble,Salt  Library;\r\nzoe wobble、Анна Квиббл, ')).toEqual([
    'Zoë Wobble',
    'Salt  Library',
    'Анна Квиббл',
  ])
  expect(parseNames(' , ;\n')).toEqual([])
  expect(nameKey('O’Quibble–Smith')).toBe(nameKey("o'quibble-smith"))
  // These marks are letters of their own.
  expect(nameKey('रोम')).not.toBe(nameKey('राम'))
})

test('what is written in one line is read from it again', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (typed) => {
      const names = parseNames(typed.join('\n'))
      expect(parseNames(joinNames(names))).toEqual(names)
    }),
  )
})

test('of two people who change the names at once, both are heard', () => {
  expect(mergeNames(['Ann', 'Bo'], ['Ann', 'Bo', 'Cy'], ['Ann', 'Bo', 'Di'])).toEqual(['Ann', 'Bo', 'Cy', 'Di'])
  expect(mergeNames(['Ann', 'Bo'], ['Bo'], ['Ann', 'Bo', 'Di'])).toEqual(['Bo', 'Di'])
  expect(mergeNames([], ['Ann'], ['Bo'])).toEqual(['Ann', 'Bo'])
  expect(mergeNames(['Ann'], ['Ann', 'Bo'], ['Ann', 'bo'])).toEqual(['Ann', 'Bo'])
})

test('an address is made of a name, says what it is where no letter fits, and is nobody else’s', () => {
  expect(slugForName('author', 'Zoë Wobble', new Set())).toBe('zoe-wobble')
  expect(slugForName('author', 'Анна', new Set())).toBe('author')
  expect(slugForName('topic', 'Анна', new Set(['topic', 'topic-2']))).toBe('topic-3')
  expect(slugForName('topic', 'x'.repeat(100), new Set()).length).toBeLessThanOrEqual(80)
})

test('names that others add come in around the one that somebody is typing, and what is typed goes on where it was', () => {
  const around = (names: string[], typed: string) => {
    const { line, caret } = replaceNames(names, typed.replace('|', ''), typed.indexOf('|'))
    return `${line.slice(0, caret)}|${line.slice(caret)}`
  }
  expect(around(['Ann', 'Di', 'Salt L'], 'Ann, Salt L|')).toBe('Ann, Di, Salt L|')
  expect(around(['Di', 'Ann', 'Salt'], 'Ann, Salt |')).toBe('Di, Ann, Salt |')
  expect(around(['Ann', 'Di'], 'Ann, |')).toBe('Ann, |, Di')
  expect(around(['Di'], '|')).toBe('Di, |')
  expect(around(['Di', 'Ann'], 'A|nn')).toBe('Di, A|nn')
  expect(around(['Di'], 'Ann|, Di')).toBe('|, Di')
})
