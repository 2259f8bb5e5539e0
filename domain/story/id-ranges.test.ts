import fc from 'fast-check'
import { expect, test } from 'vitest'
import { everyId, formatIdRanges, idRangesOf, includesId, parseIdRanges } from './id-ranges'

test('ids written as ranges are the same ids when they are read', () => {
  expect(formatIdRanges(idRangesOf([9, 3, 8, 7, 7]))).toBe('3 7-9')
  expect(idRangesOf([])).toEqual([])
  fc.assert(
    fc.property(fc.array(fc.nat(300), { maxLength: 60 }), fc.nat(300), (ids, id) => {
      const ranges = parseIdRanges(formatIdRanges(idRangesOf(ids)))
      expect(includesId(ranges, id)).toBe(ids.includes(id))
    }),
  )
})

test('many scattered ids become one range that holds them all', () => {
  const ids = Array.from({ length: 5000 }, (_, n) => n * 2 + 100)
  expect(idRangesOf(ids)).toEqual([[100, 10_098]])
})

test('what is no list of ids is every id', () => {
  for (const text of ['x', '1,2', '-1', '1-', '1.5']) expect([text, parseIdRanges(text)]).toEqual([text, everyId])
})
