import { expect, test } from 'vitest'
import { blankCopy, changedFields, copyAsText } from './copy'
import { copyFieldKeys, copyFields } from './copy-fields'

test('the names of fields in the history never change', () => {
  const names = copyFieldKeys.map((field) => copyFields[field].name)
  const stored = ['headline', 'kicker', 'standfirst', 'dateline', 'section', 'address', 'authors', 'topics', 'body']
  expect(names.filter((name) => stored.includes(name))).toEqual(stored)
  expect(new Set(names).size).toBe(names.length)
})

test('a field of each kind differs by its value, not by identity', () => {
  const copy = { ...blankCopy(), headline: 'Rain', authors: ['Ann'], sectionId: 1 }
  expect(changedFields(copy, { ...copy, authors: ['Ann'] })).toEqual([])
  expect(changedFields(copy, { ...copy, kicker: 'Salt', sectionId: null, authors: ['Ann', 'Rae'] })).toEqual([
    'kicker',
    'section',
    'authors',
  ])
  expect(copyAsText(copy, 'Harbour')).toMatchObject({ headline: 'Rain', section: 'Harbour', authors: 'Ann', body: '' })
})
