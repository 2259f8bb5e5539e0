import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { plainText, type Body } from '../../body/body'
import { parseBody } from '../../body/body-parser'
import { randomEdit, everyBlock } from '../../body/blocks.test-support'
import { bodyFrom, emptyCopy, someCopy } from './copies.test-support'
import { invalidReason } from './validation'
import {
  applyEdit,
  copyFromDocument,
  documentFromCopy,
  documentFromState,
  sharedTypes,
  rewriteDocument,
  rewriteNames,
} from './story-document'

test('a copy that becomes a document comes out of it as it went in', () => {
  fc.assert(
    fc.property(someCopy, fc.boolean(), (copy, follows) => {
      const document = documentFromCopy(copy, follows)
      expect(copyFromDocument(document)).toEqual(copy)
      expect(invalidReason(document)).toBe(null)
      expect(copyFromDocument(documentFromState(Y.encodeStateAsUpdate(document)))).toEqual(copy)
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
  fc.assert(
    fc.property(
      someCopy,
      fc.array(someCopy, { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      (start, others, nat) => {
        const state = Y.encodeStateAsUpdate(documentFromCopy(start, false))
        const updates = others.map((wanted) => {
          const theirs = documentFromState(state)
          const vector = Y.encodeStateVector(theirs)
          rewriteDocument(theirs, wanted, false)
          return Y.encodeStateAsUpdate(theirs, vector)
        })
        const merged = [updates, shuffled(updates, nat), updates.toReversed()].map((order) => {
          const document = documentFromState(state)
          for (const update of order) Y.applyUpdate(document, update)
          return document
        })
        const [one, ...rest] = merged.map((document) => JSON.stringify(copyFromDocument(document)))
        for (const other of rest) expect(other).toBe(one)
        for (const document of merged) expect(invalidReason(document)).toBe(null)
      },
    ),
  )
})

test('concurrent changes of every kind of block by two people merge into the same valid body', () => {
  const start = { ...emptyCopy, body: bodyFrom(everyBlock) }
  const stream = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(stream, stream, (one, other) => {
      const state = Y.encodeStateAsUpdate(documentFromCopy(start, false))
      const [ann, otto] = [one, other].map((nat) => {
        const theirs = documentFromState(state)
        rewriteDocument(theirs, { ...start, body: bodyFrom(randomEdit(nat)) }, false)
        return theirs
      })
      if (!ann || !otto) return
      Y.applyUpdate(ann, Y.encodeStateAsUpdate(otto))
      Y.applyUpdate(otto, Y.encodeStateAsUpdate(ann))
      expect(invalidReason(ann)).toBe(null)
      const merged = copyFromDocument(ann).body
      expect(copyFromDocument(otto).body).toEqual(merged)
      expect(parseBody(merged)).toEqual(merged)
      // As a form without script saves it.
      rewriteDocument(otto, { ...start, body: merged }, false)
      expect(copyFromDocument(otto).body).toEqual(merged)
    }),
  )
})

test('a row that one person adds and a cell in which another writes are both there', () => {
  const state = Y.encodeStateAsUpdate(documentFromCopy({ ...emptyCopy, body: parseBody(everyBlock) }, false))
  const [ann, otto] = [documentFromState(state), documentFromState(state)]
  const bodyWith = (change: (rows: { content: unknown[] }) => void) => {
    const changed = structuredClone(everyBlock)
    change(changed.content.find(({ type }) => type === 'table') as { content: unknown[] })
    return { ...emptyCopy, body: parseBody(changed) }
  }
  const cell = (id: string, text: string) => ({ type: 'tableCell', attrs: { id }, content: [{ type: 'text', text }] })
  const added = bodyWith(({ content }) =>
    content.push({ type: 'tableRow', attrs: { id: 'r4' }, content: [cell('r40', 'Outer')] }),
  )
  rewriteDocument(ann, added, false)
  const written = bodyWith(
    ({ content }) =>
      (content[2] = {
        type: 'tableRow',
        attrs: { id: 'r2' },
        content: [cell('r20', 'Uppermost'), cell('r21', '12'), cell('r22', '3')],
      }),
  )
  rewriteDocument(otto, written, false)
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(otto))
  const { body } = copyFromDocument(ann)
  expect(body && plainText(body)).toContain('Uppermost\t12\t3\nLower\t7\t40\nOuter')
})

test('what two people write in one line at once is all there', () => {
  const state = Y.encodeStateAsUpdate(
    documentFromCopy({ ...emptyCopy, headline: 'Ferry sings', slug: 'ferry-sings' }, true),
  )
  const [ann, otto] = [documentFromState(state), documentFromState(state)]
  applyEdit(sharedTypes.text(ann, 'headline'), { at: 0, remove: 0, insert: 'Moon ' })
  applyEdit(sharedTypes.text(otto, 'headline'), { at: 11, remove: 0, insert: ' again' })
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(otto))
  expect(copyFromDocument(ann)).toMatchObject({ headline: 'Moon Ferry sings again', slug: 'moon-ferry-sings-again' })
})

test('a form saved beside somebody who is writing changes only what it changed', () => {
  const before = { ...emptyCopy, headline: 'Ferry', slug: 'ferry', body: aBody('One two', 'Three') }
  const stored = documentFromCopy(before, true)
  const writer = documentFromState(Y.encodeStateAsUpdate(stored))
  rewriteDocument(stored, { ...before, body: aBody('One two', 'Three four') }, true)
  const [first] = sharedTypes.body(writer).toArray()
  if (!(first instanceof Y.XmlElement)) throw new Error('There is no first paragraph.')
  const [text] = first.toArray()
  if (!(text instanceof Y.XmlText)) throw new Error('There is no text.')
  text.insert(3, ' and')
  Y.applyUpdate(stored, Y.encodeStateAsUpdate(writer))
  expect(copyFromDocument(stored).body).toEqual(aBody('One and two', 'Three four'))
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
  const fragment = sharedTypes.body(document)
  for (const id of [null, 'twice', 'twice']) {
    const element = new Y.XmlElement('paragraph')
    if (id) element.setAttribute('id', id)
    element.insert(0, [new Y.XmlText('Words')])
    fragment.insert(fragment.length, [element])
  }
  const ids = copyFromDocument(document).body?.content.map(({ attrs }) => attrs.id) ?? []
  expect(new Set(ids).size).toBe(4)
  expect(
    copyFromDocument(documentFromState(Y.encodeStateAsUpdate(document))).body?.content.map(({ attrs }) => attrs.id),
  ).toEqual(ids)
})

function aBody(...lines: string[]): Body | null {
  const content = lines.map((text, number) => ({
    type: 'paragraph',
    attrs: { id: `block-${number}` },
    content: [{ type: 'text', text, marks: [] }],
  }))
  return parseBody({ type: 'doc', content })
}

function shuffled<Item>(items: Item[], nat: fc.Stream<number>): Item[] {
  const keys = [...nat.take(items.length)]
  return items
    .map((item, at) => ({ item, key: keys[at] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

test('concurrent additions and removals of names merge: all that were added are there, and only what was removed is not', () => {
  const document = documentFromCopy({ ...emptyCopy, authors: ['Ann', 'Bo'], topics: [] }, false)
  const theirs = documentFromState(Y.encodeStateAsUpdate(document))
  rewriteNames(sharedTypes.names(document, 'authors'), ['Ann', 'Bo', 'Cy'])
  rewriteNames(sharedTypes.names(theirs, 'authors'), ['Bo', 'Di'])
  rewriteNames(sharedTypes.names(document, 'topics'), ['Salt'])
  rewriteNames(sharedTypes.names(theirs, 'topics'), ['salt'])
  Y.applyUpdate(document, Y.encodeStateAsUpdate(theirs))
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(document))
  const { authors, topics } = copyFromDocument(document)
  expect(copyFromDocument(theirs)).toMatchObject({ authors, topics })
  expect(authors[0]).toBe('Bo')
  expect([...authors].sort()).toEqual(['Bo', 'Cy', 'Di'])
  expect(topics).toHaveLength(1)
})
