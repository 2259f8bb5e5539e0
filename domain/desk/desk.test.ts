import { expect, test } from 'vitest'
import { parseDeskQuery, deskStageOf, MAX_SEARCH_LENGTH } from './desk'

test('a query is parsed into filters, and unreadable ones are none', () => {
  expect(parseDeskQuery({ stage: 'live', section: '3', words: ' ferry ', before: '12-3' })).toEqual({
    list: null,
    stage: 'live',
    sectionId: 3,
    search: 'ferry',
    before: '12-3',
  })
  expect(parseDeskQuery({ list: 'burnt', stage: 'burning', section: '-1', words: ['a', 'b'], before: '' })).toEqual({
    list: null,
    stage: null,
    sectionId: null,
    search: 'a',
    before: null,
  })
  expect(parseDeskQuery({ list: 'needs-me', stage: 'for-review' })).toMatchObject({
    list: 'needs-me',
    stage: 'for-review',
  })
  expect(parseDeskQuery({ section: 'none' }).sectionId).toBe('none')
  expect(parseDeskQuery({ words: 'x'.repeat(5000) }).search).toHaveLength(MAX_SEARCH_LENGTH)
})

test('a live story with unpublished changes says so', () => {
  expect(deskStageOf({ stage: 'live', changed: true })).toBe('changed')
  expect(deskStageOf({ stage: 'live', changed: false })).toBe('live')
  expect(deskStageOf({ stage: 'withdrawn', changed: true })).toBe('withdrawn')
})
