import { expect, test } from 'vitest'
import { layOut, type Spans } from './table-grid'

const placesOf = (rows: Spans[][]) =>
  layOut(rows).places.map((row) => row.map(({ row: at, column, colspan, rowspan }) => [at, column, colspan, rowspan]))

test('cells are laid out as HTML forms a table', () => {
  const medals = [
    [{ rowspan: 2 }, { colspan: 2 }],
    [{}, {}],
    [{}, {}, {}],
    [{ rowspan: 2 }, {}, {}],
    [{}, {}],
  ]
  expect(placesOf(medals)).toEqual([
    [[0, 0, 1, 2], [0, 1, 2, 1]],
    [[1, 1, 1, 1], [1, 2, 1, 1]],
    [[2, 0, 1, 1], [2, 1, 1, 1], [2, 2, 1, 1]],
    [[3, 0, 1, 2], [3, 1, 1, 1], [3, 2, 1, 1]],
    [[4, 1, 1, 1], [4, 2, 1, 1]],
  ]) // prettier-ignore
})

test('a cell reaches no further than the table', () => {
  expect(placesOf([[{ colspan: 100_000, rowspan: 65_534 }], [{}]])).toEqual([[[0, 0, 1, 2]], [[1, 1, 1, 1]]])
  expect(placesOf([[{ rowspan: 0 }, {}], [{}], []])).toEqual([[[0, 0, 1, 2], [0, 1, 1, 1]], [[1, 1, 1, 1]]]) // prettier-ignore
  expect(layOut([[{ colspan: 1000 }], [{}, {}, {}]]).width).toBe(3)
})

test('20,000 wide and high cells are laid out in bounded work', () => {
  const row = Array.from({ length: 100 }, () => ({ colspan: 1000, rowspan: 0 }))
  const { places } = layOut(Array.from({ length: 200 }, () => row))
  expect(places.flat()).toHaveLength(20_000)
})
