import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { plainText, type Body } from '../body/body'
import { readBody } from '../body/body-reader'
import { boxesOf, changedBy, everyBlock } from '../body/blocks.test-support'
import { namesIn } from '../name/name'
import { asLine, asWords } from '../story/typed-words'
import { unfit } from './document-check'
import { applyEdit, copyIn, documentOf, documentWith, parts, rewriteDocument, rewriteNames } from './story-document'
import { slugFor, type Copy } from '../story/story'

const marks = fc.uniqueArray(fc.constantFrom('bold', 'italic', 'link'), { maxLength: 3 })
const run = fc.record({ text: fc.string({ minLength: 1, maxLength: 12 }), marks }).map(({ text, marks }) => ({
  type: 'text',
  text,
  marks: ['link', 'bold', 'italic']
    .filter((type) => marks.includes(type as 'bold'))
    .map((type) => (type === 'link' ? { type, attrs: { href: 'https://harbour.example/' } } : { type })),
}))
const line = fc.array(fc.oneof({ weight: 4, arbitrary: run }, fc.constant({ type: 'hardBreak' })), { maxLength: 4 })
const id = fc.uuid()
const paragraph = fc.record({ type: fc.constant('paragraph'), attrs: fc.record({ id }), content: line })
const heading = fc.record({
  type: fc.constant('heading'),
  attrs: fc.record({ id, level: fc.constantFrom(2, 3) }),
  content: line,
})
const quote = fc.record({
  type: fc.constant('blockquote'),
  attrs: fc.record({ id }),
  content: fc.array(paragraph, { minLength: 1, maxLength: 2 }),
})
const list = fc.record({
  type: fc.constantFrom('bulletList', 'orderedList'),
  attrs: fc.record({ id }),
  content: fc.array(
    fc.record({ type: fc.constant('listItem'), content: fc.array(paragraph, { minLength: 1, maxLength: 2 }) }),
    { minLength: 1, maxLength: 3 },
  ),
})
/** As the editor would write it: pieces that look alike are one. */
const body = fc
  .array(fc.oneof(paragraph, heading, quote, list, boxesOf(line, id)), { maxLength: 6 })
  .map((content) => readBody(joined({ type: 'doc', content: content as Node[] })))

const names = fc.array(fc.string(), { maxLength: 5 }).map((typed) => namesIn(typed.join('\n')))

const copy: fc.Arbitrary<Copy> = fc
  .record({
    headline: fc.string({ unit: 'grapheme', maxLength: 40 }).map(asLine),
    kicker: fc.string().map((typed) => asLine(typed) || null),
    standfirst: fc.string().map((typed) => asWords(typed) || null),
    dateline: fc.string().map((typed) => asLine(typed) || null),
    sectionId: fc.option(fc.integer({ min: 1 })),
    words: fc.string(),
    body,
    authors: names,
    topics: names,
  })
  .map(({ words, ...rest }) => ({ ...rest, slug: slugFor(words, rest.headline) }))

type Node = { type: string; text?: string; marks?: unknown; content?: Node[] }

function joined(node: Node): Node {
  if (!node.content) return node
  const content: Node[] = []
  for (const child of node.content.map(joined)) {
    const last = content.at(-1)
    const alike = last?.text !== undefined && JSON.stringify(last.marks) === JSON.stringify(child.marks)
    if (alike && child.text !== undefined) content.splice(-1, 1, { ...last, text: `${last.text}${child.text}` })
    else content.push(child)
  }
  return { ...node, content }
}

const emptyCopy: Copy = {
  headline: '',
  kicker: null,
  standfirst: null,
  dateline: null,
  sectionId: null,
  slug: 'story',
  body: null,
  authors: [],
  topics: [],
}
test('a copy that becomes a document comes out of it as it went in', () => {
  fc.assert(
    fc.property(copy, fc.boolean(), (words, follows) => {
      const document = documentOf(words, follows)
      expect(copyIn(document)).toEqual(words)
      expect(unfit(document)).toBe(null)
      expect(copyIn(documentWith(Y.encodeStateAsUpdate(document)))).toEqual(words)
    }),
  )
})

test('a document rewritten to say another copy says it', () => {
  fc.assert(
    fc.property(copy, copy, fc.boolean(), (before, after, follows) => {
      const document = documentOf(before, follows)
      rewriteDocument(document, after, follows)
      expect(copyIn(document)).toEqual(after)
    }),
  )
})

test('what several people write apart merges into the same copy in whatever order it arrives', () => {
  fc.assert(
    fc.property(
      copy,
      fc.array(copy, { minLength: 2, maxLength: 4 }),
      fc.infiniteStream(fc.nat()),
      (start, others, nat) => {
        const state = Y.encodeStateAsUpdate(documentOf(start, false))
        const updates = others.map((wanted) => {
          const theirs = documentWith(state)
          const vector = Y.encodeStateVector(theirs)
          rewriteDocument(theirs, wanted, false)
          return Y.encodeStateAsUpdate(theirs, vector)
        })
        const merged = [updates, shuffled(updates, nat), updates.toReversed()].map((order) => {
          const document = documentWith(state)
          for (const update of order) Y.applyUpdate(document, update)
          return document
        })
        const [one, ...rest] = merged.map((document) => JSON.stringify(copyIn(document)))
        for (const other of rest) expect(other).toBe(one)
        for (const document of merged) expect(unfit(document)).toBe(null)
      },
    ),
  )
})

test('two people who change every kind of block at once, however they do it, leave a body in which both wrote', () => {
  const bodyOf = (content: unknown) => readBody(joined(content as Node))
  const start = { ...emptyCopy, body: bodyOf(everyBlock) }
  const stream = fc.infiniteStream(fc.nat())
  fc.assert(
    fc.property(stream, stream, (one, other) => {
      const state = Y.encodeStateAsUpdate(documentOf(start, false))
      const [ann, otto] = [one, other].map((nat) => {
        const theirs = documentWith(state)
        rewriteDocument(theirs, { ...start, body: bodyOf(changedBy(nat)) }, false)
        return theirs
      })
      if (!ann || !otto) return
      Y.applyUpdate(ann, Y.encodeStateAsUpdate(otto))
      Y.applyUpdate(otto, Y.encodeStateAsUpdate(ann))
      expect(unfit(ann)).toBe(null)
      const merged = copyIn(ann).body
      expect(copyIn(otto).body).toEqual(merged)
      expect(readBody(merged)).toEqual(merged)
      // As it is written back by a form without script: the same once more.
      rewriteDocument(otto, { ...start, body: merged }, false)
      expect(copyIn(otto).body).toEqual(merged)
    }),
  )
})

test('a row that one person adds and a cell in which another writes are both there', () => {
  const state = Y.encodeStateAsUpdate(documentOf({ ...emptyCopy, body: readBody(everyBlock) }, false))
  const [ann, otto] = [documentWith(state), documentWith(state)]
  const bodyWith = (change: (rows: { content: unknown[] }) => void) => {
    const changed = structuredClone(everyBlock)
    change(changed.content.find(({ type }) => type === 'table') as { content: unknown[] })
    return { ...emptyCopy, body: readBody(changed) }
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
  const { body } = copyIn(ann)
  expect(body && plainText(body)).toContain('Uppermost\t12\t3\nLower\t7\t40\nOuter')
})

test('what two people write in one line at once is all there', () => {
  const state = Y.encodeStateAsUpdate(documentOf({ ...emptyCopy, headline: 'Ferry sings', slug: 'ferry-sings' }, true))
  const [ann, otto] = [documentWith(state), documentWith(state)]
  applyEdit(parts.text(ann, 'headline'), { at: 0, remove: 0, insert: 'Moon ' })
  applyEdit(parts.text(otto, 'headline'), { at: 11, remove: 0, insert: ' again' })
  Y.applyUpdate(ann, Y.encodeStateAsUpdate(otto))
  expect(copyIn(ann)).toMatchObject({ headline: 'Moon Ferry sings again', slug: 'moon-ferry-sings-again' })
})

test('a form saved beside somebody who is writing changes only what it changed', () => {
  const before = { ...emptyCopy, headline: 'Ferry', slug: 'ferry', body: aBody('One two', 'Three') }
  const kept = documentOf(before, true)
  const writer = documentWith(Y.encodeStateAsUpdate(kept))
  rewriteDocument(kept, { ...before, body: aBody('One two', 'Three four') }, true)
  const [first] = parts.body(writer).toArray()
  if (!(first instanceof Y.XmlElement)) throw new Error('There is no first paragraph.')
  const [text] = first.toArray()
  if (!(text instanceof Y.XmlText)) throw new Error('There is no text.')
  text.insert(3, ' and')
  Y.applyUpdate(kept, Y.encodeStateAsUpdate(writer))
  expect(copyIn(kept).body).toEqual(aBody('One and two', 'Three four'))
})

test('an address follows the headline until it gets words of its own', () => {
  const document = documentOf({ ...emptyCopy, headline: 'Ferry', slug: 'ferry' }, true)
  expect(parts.text(document, 'slug').toString()).toBe('')
  rewriteDocument(document, { ...emptyCopy, headline: 'Kite', slug: 'kite' }, true)
  expect(parts.text(document, 'slug').toString()).toBe('')
  rewriteDocument(document, { ...emptyCopy, headline: 'Kite', slug: 'kite' }, false)
  expect(parts.text(document, 'slug').toString()).toBe('kite')
})

test('blocks without an id get one, and the same one every time', () => {
  const document = documentOf(emptyCopy, true)
  const fragment = parts.body(document)
  for (const id of [null, 'twice', 'twice']) {
    const element = new Y.XmlElement('paragraph')
    if (id) element.setAttribute('id', id)
    element.insert(0, [new Y.XmlText('Words')])
    fragment.insert(fragment.length, [element])
  }
  const ids = copyIn(document).body?.content.map(({ attrs }) => attrs.id) ?? []
  expect(new Set(ids).size).toBe(4)
  expect(copyIn(documentWith(Y.encodeStateAsUpdate(document))).body?.content.map(({ attrs }) => attrs.id)).toEqual(ids)
})

const hostile: Record<string, (document: Y.Doc) => void> = {
  'an unknown block': (document) => parts.body(document).insert(0, [new Y.XmlElement('script')]),
  'text outside a block': (document) => parts.body(document).insert(0, [new Y.XmlText('loose')]),
  'a list inside a quote': (document) => {
    const quote = new Y.XmlElement('blockquote')
    quote.insert(0, [new Y.XmlElement('bulletList')])
    parts.body(document).insert(0, [quote])
  },
  'a link that runs a script': (document) => lineOf(document).insert(0, 'x', { link: { href: 'javascript:alert(1)' } }),
  'an unknown mark': (document) => lineOf(document).insert(0, 'x', { blink: {} }),
  'a number that JSON cannot write': (document) => {
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', 3n as unknown as string)
    parts.body(document).insert(0, [heading])
  },
  'something that is no text in a headline': (document) =>
    parts.text(document, 'headline').insertEmbed(0, { image: 'x' }),
  'a section that is none': (document) => parts.choices(document).set('sectionId', 'many'),
  'a field of 10,001 characters': (document) => parts.text(document, 'kicker').insert(0, 'k'.repeat(10_001)),
  'an embed without an address': (document) => parts.body(document).insert(0, [new Y.XmlElement('embed')]),
  'an embed that runs a script': (document) => {
    const embed = new Y.XmlElement('embed')
    embed.setAttribute('href', 'javascript:alert(1)')
    parts.body(document).insert(0, [embed])
  },
  'a correction note without a correction': (document) => {
    const note = new Y.XmlElement('correctionNote')
    note.setAttribute('correctionId', '7')
    parts.body(document).insert(0, [note])
  },
  'a correction note inside a fact box': (document) => {
    const [box, note] = [new Y.XmlElement('factBox'), new Y.XmlElement('correctionNote')]
    note.setAttribute('correctionId', 7 as unknown as string)
    box.insert(0, [note])
    parts.body(document).insert(0, [box])
  },
  'a table inside a fact box': (document) => {
    const box = new Y.XmlElement('factBox')
    box.insert(0, [new Y.XmlElement('table')])
    parts.body(document).insert(0, [box])
  },
  'words beside the cells of a table': (document) => {
    const table = new Y.XmlElement('table')
    table.insert(0, [new Y.XmlText('loose')])
    parts.body(document).insert(0, [table])
  },
  'a list 30 levels deep': (document) => {
    let inner: Y.XmlFragment = parts.body(document)
    for (const type of Array.from({ length: 15 }, () => ['bulletList', 'listItem']).flat()) {
      const element = new Y.XmlElement(type)
      inner.insert(0, [element])
      inner = element
    }
  },
}
for (const [what, write] of Object.entries(hostile))
  test(`a document with ${what} is not kept`, () => {
    const document = documentOf(emptyCopy, true)
    expect(unfit(document)).toBe(null)
    write(document)
    expect(unfit(document)).toEqual(expect.any(String))
  })

function lineOf(document: Y.Doc): Y.XmlText {
  const [text, paragraph] = [new Y.XmlText('line'), new Y.XmlElement('paragraph')]
  paragraph.insert(0, [text])
  parts.body(document).insert(0, [paragraph])
  return text
}

function aBody(...lines: string[]): Body | null {
  const content = lines.map((text, number) => ({
    type: 'paragraph',
    attrs: { id: `block-${number}` },
    content: [{ type: 'text', text, marks: [] }],
  }))
  return readBody({ type: 'doc', content })
}

function shuffled<Item>(items: Item[], nat: fc.Stream<number>): Item[] {
  const keys = [...nat.take(items.length)]
  return items
    .map((item, at) => ({ item, key: keys[at] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

test('of names that two people add and take out at once, all that were added are there, and only what was taken out is not', () => {
  const document = documentOf({ ...emptyCopy, authors: ['Ann', 'Bo'], topics: [] }, false)
  const theirs = documentWith(Y.encodeStateAsUpdate(document))
  rewriteNames(parts.names(document, 'authors'), ['Ann', 'Bo', 'Cy'])
  rewriteNames(parts.names(theirs, 'authors'), ['Bo', 'Di'])
  rewriteNames(parts.names(document, 'topics'), ['Salt'])
  rewriteNames(parts.names(theirs, 'topics'), ['salt'])
  Y.applyUpdate(document, Y.encodeStateAsUpdate(theirs))
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(document))
  const { authors, topics } = copyIn(document)
  expect(copyIn(theirs)).toMatchObject({ authors, topics })
  expect(authors[0]).toBe('Bo')
  expect([...authors].sort()).toEqual(['Bo', 'Cy', 'Di'])
  expect(topics).toHaveLength(1)
})

test('a list of anything but names is refused, and one without end', () => {
  for (const names of [[7], [{ name: 'Ann' }], [null], Array.from({ length: 2000 }, () => '')]) {
    const document = documentOf(emptyCopy, false)
    parts.names(document, 'topics').push(names)
    expect(unfit(document)).toContain('not the text of a story')
  }
  const document = documentOf(emptyCopy, false)
  parts.names(document, 'authors').push(['x'.repeat(20_000)])
  expect(unfit(document)).toContain('may be longer')
})
