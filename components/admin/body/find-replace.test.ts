import { getSchema } from '@tiptap/core'
import { expect, test } from 'vitest'
import { bodyExtensions } from './body-extensions'
import { findMatches } from './find-replace'

const schema = getSchema(bodyExtensions)
const createDoc = (...lines: string[]) =>
  schema.node(
    'doc',
    null,
    lines.map((text) => schema.node('paragraph', null, [schema.text(text)])),
  )

test('what is sought is found as it is typed, also where it looks like a pattern or stands beside signs that take two places', () => {
  const body = createDoc('The ferry 👩‍👩‍👧 sang (twice) at $1.*', 'a ferry')
  expect(findMatches(body, '(twice)', false)).toEqual([{ from: 25, to: 32 }])
  expect(findMatches(body, '$1.*', false)).toEqual([{ from: 36, to: 40 }])
  expect(findMatches(body, 'FERRY', false)).toHaveLength(2)
  expect(findMatches(body, 'FERRY', true)).toEqual([])
})

test('a space is found that does not break, as word processors write it between a number and its unit', () => {
  const body = createDoc('It sang for 12\u00a0km, then for 7\u202fkm, then for 3 km.')
  expect(findMatches(body, '12 km', false)).toHaveLength(1)
  expect(findMatches(body, '7 km', false)).toHaveLength(1)
  expect(findMatches(body, '3\u00a0km', false)).toHaveLength(1)
})
