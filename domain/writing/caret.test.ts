import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readCaret, writtenCaret, type Caret } from './caret'
import { parts } from './story-document'
import { inBase64 } from './words-frame'

function aLine(words: string) {
  const document = new Y.Doc()
  const line = new Y.XmlText(words)
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [line])
  parts.body(document).insert(0, [paragraph])
  const placeAt = (index: number) => Y.createRelativePositionFromTypeIndex(line, index, -1)
  const indexOf = (place: Y.RelativePosition) => Y.createAbsolutePositionFromRelativePosition(place, document)?.index
  return { line, document, placeAt, indexOf }
}

function read(written: string): Caret {
  const caret = readCaret(written)
  if (caret === null) throw new Error(`“${written}” is no caret.`)
  return caret
}

test('a caret comes back as it was written, in one place or in two, and is short', () => {
  const { placeAt, indexOf } = aLine('The ferry sang.')
  const written = writtenCaret({ anchor: placeAt(4), head: placeAt(9) })
  const { anchor, head } = read(written)
  expect([indexOf(anchor), indexOf(head)]).toEqual([4, 9])
  expect(written.length).toBeLessThan(100)
  const still = writtenCaret({ anchor: placeAt(9), head: placeAt(9) })
  expect(still).not.toContain(' ')
  expect(indexOf(read(still).anchor)).toBe(9)
})

test('a caret stays at its letter when words are written before it', () => {
  const { line, placeAt, indexOf } = aLine('The ferry sang.')
  const written = writtenCaret({ anchor: placeAt(9), head: placeAt(9) })
  line.insert(0, 'One night: ')
  expect(indexOf(read(written).head)).toBe(20)
})

test('what no editor wrote is no caret, and no part of a document is made by it', () => {
  const elsewhere = inBase64(
    Y.encodeRelativePosition(new Y.RelativePosition(null, 'a part by any other name', null, 0)),
  )
  const good = writtenCaret({ anchor: aLine('x').placeAt(1), head: aLine('x').placeAt(1) })
  for (const written of ['', ' ', 'ÿ', '####', 'AA', elsewhere, 'A'.repeat(65), `${good} ${good} ${good}`, `${good} `])
    expect([written, readCaret(written)]).toEqual([written, null])
})

test('any bytes are refused, or name a place that a document has or has not', () => {
  const { document } = aLine('The ferry sang.')
  const bytes = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(bytes, (places) => {
      const caret = readCaret(places.map(inBase64).join(' '))
      if (caret === null) return
      for (const place of [caret.anchor, caret.head]) Y.createAbsolutePositionFromRelativePosition(place, document)
      expect([...document.share.keys()]).toEqual(['body'])
    }),
    { numRuns: 2000 },
  )
})
