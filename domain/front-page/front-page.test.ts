import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arranged, moved, type Arrangement } from './front-page'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute))
const story = (id: number, minute: number) => ({ id, liveAt: at(minute) })
const arrangement = (order: number[]): Arrangement => ({
  id: 1,
  launchedAt: at(10),
  launchedByName: 'Edith',
  leadStoryId: null,
  order,
})

test('without an arrangement the newest is first', () => {
  expect(arranged([story(2, 5), story(1, 1)], null).map(({ id }) => id)).toEqual([2, 1])
})

test('stories that went live after the arrangement stand above it, older ones below', () => {
  const newestFirst = [story(9, 11), story(3, 3), story(2, 2), story(1, 1)]
  expect(arranged(newestFirst, arrangement([2, 3])).map(({ id }) => id)).toEqual([9, 2, 3, 1])
})

test('a story that is no longer live leaves no gap', () => {
  expect(arranged([story(3, 3), story(1, 1)], arrangement([2, 1, 3])).map(({ id }) => id)).toEqual([1, 3])
})

test('a headline moves by places and stops at the ends', () => {
  expect(moved([1, 2, 3], 3, -1)).toEqual([1, 3, 2])
  expect(moved([1, 2, 3], 3, -99)).toEqual([3, 1, 2])
  expect(moved([1, 2, 3], 1, 99)).toEqual([2, 3, 1])
  expect(moved([1, 2, 3], 7, 1)).toEqual([1, 2, 3])
})

test('no arrangement loses or repeats a headline', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 30 }))
  fc.assert(
    fc.property(ids, ids, (live, order) => {
      const stories = live.map((id) => story(id, id))
      const ids = arranged(stories, arrangement(order)).map(({ id }) => id)
      expect(ids.sort()).toEqual(live.toSorted())
    }),
  )
})
