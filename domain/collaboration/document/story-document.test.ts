import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { plainText } from '../../body/body'
import { parseBody } from '../../body/body-parser'
import type { Copy } from '../../copy/copy-fields'
import { randomEdit, everyBlock } from '../../body/blocks.test-support'
import { clone, element, emptyCopy, firstLine, someCopy, withBody } from './documents.test-support'
import { invalidReason } from './validation'
import { copyFromDocument, documentFromCopy, sharedTypes, rewriteDocument, rewriteNames } from './story-document'

test('a copy that becomes a document comes out of it as it went in', () => {
  fc.assert(
    fc.property(someCopy, fc.boolean(), (copy, follows) => {
      const document = documentFromCopy(copy, follows)
      expect(copyFromDocument(document)).toEqual(copy)
      expect(invalidReason(document)).toBe(null)
      expect(copyFromDocument(clone(document))).toEqual(copy)
    }),
  )
})

test('a document rewritten to another copy equals it', () => {
  fc.assert(
    fc.property(someCopy, someCopy, fc.boolean(), (before, after, follows) => {
      const document = documentFromCopy(before, follows)
      rewriteDocument(document, after, follows)
      expect(copyFromDocument(document)).toEqual(after)
    }),
  )
})

test('concurrent updates merge into the same copy in any order', () => {
  const others = fc.array(someCopy, { minLength: 2, maxLength: 4 })
  const anyOrder = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
  fc.assert(
    fc.property(someCopy, others, anyOrder, (start, others, order) => {
      const document = documentFromCopy(start, false)
      const updates = others.map((wanted) => {
        const theirs = clone(document)
        rewriteDocument(theirs, wanted, false)
        return Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(document))
      })
      const shuffled = order.flatMap((at) => updates[at] ?? [])
      const merged = [updates, shuffled, updates.toReversed()].map((ordered) => {
        const theirs = clone(document)
        for (const update of ordered) Y.applyUpdate(theirs, update)
        return theirs
      })
      const [one, ...rest] = merged.map((theirs) => JSON.stringify(copyFromDocument(theirs)))
      for (const other of rest) expect(other).toBe(one)
      for (const theirs of merged) expect(invalidReason(theirs)).toBe(null)
    }),
  )
})

test('concurrent changes of every kind of block by two people merge into the same valid body', () => {
  const stream = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(stream, stream, (one, other) => {
      const [ann, otto] = twoTabs(withBody(everyBlock))
      rewriteDocument(ann, withBody(randomEdit(one)), false)
      rewriteDocument(otto, withBody(randomEdit(other)), false)
      merge(ann, otto)
      merge(otto, ann)
      expect(invalidReason(ann)).toBe(null)
      const merged = copyFromDocument(ann).body
      expect(copyFromDocument(otto).body).toEqual(merged)
      expect(parseBody(merged)).toEqual(merged)
      // As a form without script saves it.
      rewriteDocument(otto, withBody(merged), false)
      expect(copyFromDocument(otto).body).toEqual(merged)
    }),
  )
})

test('a row that one person adds and a cell in which another writes are both there', () => {
  const [ann, otto] = twoTabs(withBody(everyBlock))
  const bodyWith = (change: (rows: unknown[]) => void) => {
    const changed = structuredClone(everyBlock)
    change(changed.content.find(({ type }) => type === 'table')?.content ?? [])
    return withBody(changed)
  }
  const row = (id: string, ...cells: string[]) => ({
    type: 'tableRow',
    attrs: { id },
    content: cells.map((text, at) => ({ ...aLine(text, `${id}${at}`), type: 'tableCell' })),
  })
  const added = bodyWith((rows) => rows.push(row('r4', 'Outer')))
  rewriteDocument(ann, added, false)
  const written = bodyWith((rows) => (rows[2] = row('r2', 'Uppermost', '12', '3')))
  rewriteDocument(otto, written, false)
  merge(ann, otto)
  const { body } = copyFromDocument(ann)
  expect(body && plainText(body)).toContain('Uppermost\t12\t3\nLower\t7\t40\nOuter')
})

test('a form saved beside somebody who is writing changes only what it changed', () => {
  const [stored, writer] = twoTabs(withBody(aBody('One two', 'Three')))
  rewriteDocument(stored, withBody(aBody('One two', 'Three four')), true)
  firstLine(writer).insert(3, ' and')
  merge(stored, writer)
  expect(copyFromDocument(stored).body).toEqual(parseBody(aBody('One and two', 'Three four')))
})

test('a slug follows the headline until it has text of its own', () => {
  const document = documentFromCopy({ ...emptyCopy, headline: 'Ferry', slug: 'ferry' }, true)
  expect(sharedTypes.text(document, 'slug').toString()).toBe('')
  rewriteDocument(document, { ...emptyCopy, headline: 'Kite', slug: 'kite' }, true)
  expect(sharedTypes.text(document, 'slug').toString()).toBe('')
  rewriteDocument(document, { ...emptyCopy, headline: 'Kite', slug: 'kite' }, false)
  expect(sharedTypes.text(document, 'slug').toString()).toBe('kite')
})

test('blocks without an id get one, and the same one every time', () => {
  const document = documentFromCopy(emptyCopy, true)
  const withoutIds = [{}, { id: 'twice' }, { id: 'twice' }]
  sharedTypes
    .body(document)
    .push(withoutIds.map((attributes) => element('paragraph', attributes, new Y.XmlText('Text'))))
  const idsOf = (tab: Y.Doc) => copyFromDocument(tab).body?.content.map(({ attrs }) => attrs.id)
  const ids = idsOf(document)
  expect(new Set(ids).size).toBe(4)
  expect(idsOf(clone(document))).toEqual(ids)
})

test('concurrent additions and removals of names merge: all that were added are there, and only what was removed is not', () => {
  const [document, theirs] = twoTabs({ ...emptyCopy, authors: ['Ann', 'Bo'], topics: [] })
  rewriteNames(sharedTypes.names(document, 'authors'), ['Ann', 'Bo', 'Cy'])
  rewriteNames(sharedTypes.names(theirs, 'authors'), ['Bo', 'Di'])
  rewriteNames(sharedTypes.names(document, 'topics'), ['Salt'])
  rewriteNames(sharedTypes.names(theirs, 'topics'), ['salt'])
  merge(document, theirs)
  merge(theirs, document)
  const { authors, topics } = copyFromDocument(document)
  expect(copyFromDocument(theirs)).toMatchObject({ authors, topics })
  expect(authors[0]).toBe('Bo')
  expect([...authors].sort()).toEqual(['Bo', 'Cy', 'Di'])
  expect(topics).toHaveLength(1)
})

const aLine = (text: string, id: string) => ({ type: 'paragraph', attrs: { id }, content: [{ type: 'text', text }] })

const aBody = (...lines: string[]) => ({
  type: 'doc',
  content: lines.map((text, number) => aLine(text, `block-${number}`)),
})

function twoTabs(copy: Copy): [Y.Doc, Y.Doc] {
  const document = documentFromCopy(copy, false)
  return [clone(document), clone(document)]
}

const merge = (into: Y.Doc, from: Y.Doc) => Y.applyUpdate(into, Y.encodeStateAsUpdate(from))
