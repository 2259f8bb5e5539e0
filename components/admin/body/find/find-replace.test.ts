import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
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
const matches = (doc: Node, query: string, matchCase = false) => findMatches(doc, { query, matchCase, exact: false })

test('a query is found literally, also where it looks like a pattern or stands beside characters of several code units', () => {
  const doc = createDoc('The ferry 👩‍👩‍👧 sang (twice) at $1.*', 'a ferry')
  expect(matches(doc, '(twice)')).toEqual([{ from: 25, to: 32 }])
  expect(matches(doc, '$1.*')).toEqual([{ from: 36, to: 40 }])
  expect(matches(doc, 'FERRY')).toHaveLength(2)
  expect(matches(doc, 'FERRY', true)).toEqual([])
})

test('a query is found across bold text and a link, and in every kind of line', () => {
  const { bold, link } = schema.marks
  const line = schema.node('paragraph', null, [
    schema.text('He is'),
    schema.text('n’t “he', [bold?.create() ?? schema.mark('bold')]),
    schema.text('re', [link?.create({ href: 'https://kite.example' }) ?? schema.mark('bold')]),
    schema.text('”.'),
  ])
  const doc = schema.node('doc', null, [
    line,
    schema.node('bulletList', null, [schema.node('listItem', null, [line])]),
    schema.node('heading', { level: 2 }, line.content),
  ])
  expect(matches(doc, 'isn\'t "here"')).toHaveLength(3)
})
