import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { decodeCaret, encodeCaret, type Caret } from './caret'
import { element } from '../document/documents.test-support'
import { sharedTypes } from '../document/story-document'

function aLine(words: string) {
  const document = new Y.Doc()
  const line = new Y.XmlText(words)
  sharedTypes.body(document).insert(0, [element('paragraph', {}, line)])
  const positionAt = (index: number) => Y.createRelativePositionFromTypeIndex(line, index, -1)
  const indexOf = (position: Y.RelativePosition) =>
    Y.createAbsolutePositionFromRelativePosition(position, document)?.index
  return { line, document, positionAt, indexOf }
}

function decoded(encoded: string): Caret {
  const caret = decodeCaret(encoded)
  if (caret === null) throw new Error(`“${encoded}” is no caret.`)
  return caret
}

test('a caret is decoded as it was encoded, with and without a selection, and is short', () => {
  const { positionAt, indexOf } = aLine('The ferry sang.')
  const encoded = encodeCaret({ anchor: positionAt(4), head: positionAt(9) })
  const { anchor, head } = decoded(encoded)
  expect([indexOf(anchor), indexOf(head)]).toEqual([4, 9])
  expect(encoded.length).toBeLessThan(100)
  const still = encodeCaret({ anchor: positionAt(9), head: positionAt(9) })
  expect(still).not.toContain(' ')
  expect(indexOf(decoded(still).anchor)).toBe(9)
})

test('a caret stays at its character when text is inserted before it', () => {
  const { line, positionAt, indexOf } = aLine('The ferry sang.')
  const encoded = encodeCaret({ anchor: positionAt(9), head: positionAt(9) })
  line.insert(0, 'One night: ')
  expect(indexOf(decoded(encoded).head)).toBe(20)
})

test('what no editor encodes is no caret, and creates no shared type', () => {
  const elsewhere = toBase64(
    Y.encodeRelativePosition(new Y.RelativePosition(null, 'a part by any other name', null, 0)),
  )
  const good = encodeCaret({ anchor: aLine('x').positionAt(1), head: aLine('x').positionAt(1) })
  for (const encoded of ['', ' ', 'ÿ', '####', 'AA', elsewhere, 'A'.repeat(65), `${good} ${good} ${good}`, `${good} `])
    expect([encoded, decodeCaret(encoded)]).toEqual([encoded, null])
})

test('any bytes are refused, or decode to a position that may not exist', () => {
  const { document } = aLine('The ferry sang.')
  const bytes = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(bytes, (positions) => {
      const caret = decodeCaret(positions.map(toBase64).join(' '))
      if (caret === null) return
      for (const position of [caret.anchor, caret.head])
        Y.createAbsolutePositionFromRelativePosition(position, document)
      expect([...document.share.keys()]).toEqual(['body'])
    }),
    { numRuns: 2000 },
  )
})
