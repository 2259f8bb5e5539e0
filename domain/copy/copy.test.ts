import { expect, test } from 'vitest'
import { bodyFromParagraphs } from '../body/body-parser'
import { blankCopy, changedFields, copyAsText } from './copy'
import { copyFieldKeys, copyFields } from './copy-fields'

test('the names of fields in the history never change', () => {
  const names = copyFieldKeys.map((field) => copyFields[field].name)
  const stored = ['headline', 'kicker', 'standfirst', 'dateline', 'section', 'address', 'authors', 'topics', 'body']
  expect(names.filter((name) => stored.includes(name))).toEqual(stored)
  expect(new Set(names).size).toBe(names.length)
})

test('changed fields are named, by value and not by identity, and a body is equal whatever the order of its keys', () => {
  const copy = { ...blankCopy(), headline: 'Rain', authors: ['Ann'], sectionId: 1 }
  expect(changedFields(copy, { ...copy, authors: ['Ann'] })).toEqual([])
  const body = bodyFromParagraphs(['One.'], () => 'a')
  const reordered = JSON.parse(
    '{"content":[{"content":[{"marks":[],"text":"One.","type":"text"}],"attrs":{"id":"a"},"type":"paragraph"}],"type":"doc"}',
  ) as typeof body
  expect(changedFields({ ...copy, body }, { ...copy, body: reordered })).toEqual([])
  const changes = { headline: 'Hail', kicker: 'Salt', sectionId: null, authors: ['Ann', 'Rae'], body }
  expect(changedFields(copy, { ...copy, ...changes })).toEqual(['headline', 'kicker', 'section', 'authors', 'body'])
  expect(changedFields({ ...copy, authors: ['Bo', 'Ann'] }, { ...copy, authors: ['Ann', 'Bo'] })).toEqual(['authors'])
  expect(copyAsText(copy, 'Harbour')).toMatchObject({ headline: 'Rain', section: 'Harbour', authors: 'Ann', body: '' })
})
