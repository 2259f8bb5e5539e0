import { getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import { bodyExtensions } from '../body-extensions'
import { findMatches } from './find-replace'

const schema = getSchema(bodyExtensions)
const createDoc = (...lines: string[]) =>
  schema.node(
    'doc',
    null,
    lines.map((text) => schema.node('paragraph', null, [schema.text(text)])),
  )

test('a query is found literally, also where it looks like a pattern or stands beside characters of several code units', () => {
  const doc = createDoc('The ferry 👩‍👩‍👧 sang (twice) at $1.*', 'a ferry')
  expect(findMatches(doc, '(twice)', false)).toEqual([{ from: 25, to: 32 }])
  expect(findMatches(doc, '$1.*', false)).toEqual([{ from: 36, to: 40 }])
  expect(findMatches(doc, 'FERRY', false)).toHaveLength(2)
  expect(findMatches(doc, 'FERRY', true)).toEqual([])
})

test('a space finds the no-break spaces that word processors write between a number and its unit', () => {
  const doc = createDoc('It sang for 12\u00a0km, then for 7\u202fkm, then for 3 km.')
  expect(findMatches(doc, '12 km', false)).toHaveLength(1)
  expect(findMatches(doc, '7 km', false)).toHaveLength(1)
  expect(findMatches(doc, '3\u00a0km', false)).toHaveLength(1)
})
