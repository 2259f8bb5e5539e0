import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinNames, nameKey, replaceNames, parseNames, mergeNames, slugForName } from './name'

test('names are separated by commas, semicolons and new lines, each once, whatever its case, accents and spaces', () => {
  expect(parseNames(' Zoë Wobble,Salt  Library;\r\nzoe wobble、Анна Квиббл, ')).toEqual([
    'Zoë Wobble',
    'Salt  Library',
    'Анна Квиббл',
  ])
  expect(parseNames(' , ;\n')).toEqual([])
  expect(nameKey('O’Quibble–Smith')).toBe(nameKey("o'quibble-smith"))
  // These combining marks are letters.
  expect(nameKey('रोम')).not.toBe(nameKey('राम'))
})

test('joined names are parsed again', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (typed) => {
      const names = parseNames(typed.join('\n'))
      expect(parseNames(joinNames(names))).toEqual(names)
    }),
  )
})

test('two concurrent changes of the names are merged', () => {
  expect(mergeNames(['Ann', 'Bo'], ['Ann', 'Bo', 'Cy'], ['Ann', 'Bo', 'Di'])).toEqual(['Ann', 'Bo', 'Cy', 'Di'])
  expect(mergeNames(['Ann', 'Bo'], ['Bo'], ['Ann', 'Bo', 'Di'])).toEqual(['Bo', 'Di'])
  expect(mergeNames([], ['Ann'], ['Bo'])).toEqual(['Ann', 'Bo'])
  expect(mergeNames(['Ann'], ['Ann', 'Bo'], ['Ann', 'bo'])).toEqual(['Ann', 'Bo'])
})

test('a slug is made of the name, or of its kind where no letter fits, and is unique', () => {
  expect(slugForName('author', 'Zoë Wobble', new Set())).toBe('zoe-wobble')
  expect(slugForName('author', 'Анна', new Set())).toBe('author')
  expect(slugForName('topic', 'Анна', new Set(['topic', 'topic-2']))).toBe('topic-3')
  expect(slugForName('topic', 'x'.repeat(100), new Set()).length).toBeLessThanOrEqual(80)
})

test('names of others are inserted around the one being typed, and the caret stays in it', () => {
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
