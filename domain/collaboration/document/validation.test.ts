import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { emptyCopy } from './copies.test-support'
import { invalidReason } from './validation'
import { documentFromCopy, sharedTypes } from './story-document'

const hostile: Record<string, (document: Y.Doc) => void> = {
  'an unknown block': (document) => sharedTypes.body(document).insert(0, [new Y.XmlElement('script')]),
  'text outside a block': (document) => sharedTypes.body(document).insert(0, [new Y.XmlText('loose')]),
  'a list inside a quote': (document) => {
    const quote = new Y.XmlElement('blockquote')
    quote.insert(0, [new Y.XmlElement('bulletList')])
    sharedTypes.body(document).insert(0, [quote])
  },
  'a link that runs a script': (document) => lineOf(document).insert(0, 'x', { link: { href: 'javascript:alert(1)' } }),
  'an unknown mark': (document) => lineOf(document).insert(0, 'x', { blink: {} }),
  'a number that JSON cannot write': (document) => {
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', 3n as unknown as string)
    sharedTypes.body(document).insert(0, [heading])
  },
  'something that is no text in a headline': (document) =>
    sharedTypes.text(document, 'headline').insertEmbed(0, { image: 'x' }),
  'a section that is none': (document) => sharedTypes.choices(document).set('sectionId', 'many'),
  'a field of 10,001 characters': (document) => sharedTypes.text(document, 'kicker').insert(0, 'k'.repeat(10_001)),
  'an embed without an address': (document) => sharedTypes.body(document).insert(0, [new Y.XmlElement('embed')]),
  'an embed that runs a script': (document) => {
    const embed = new Y.XmlElement('embed')
    embed.setAttribute('href', 'javascript:alert(1)')
    sharedTypes.body(document).insert(0, [embed])
  },
  'a correction note without a correction': (document) => {
    const note = new Y.XmlElement('correctionNote')
    note.setAttribute('correctionId', '7')
    sharedTypes.body(document).insert(0, [note])
  },
  'a correction note inside a fact box': (document) => {
    const [box, note] = [new Y.XmlElement('factBox'), new Y.XmlElement('correctionNote')]
    note.setAttribute('correctionId', 7 as unknown as string)
    box.insert(0, [note])
    sharedTypes.body(document).insert(0, [box])
  },
  'a table inside a fact box': (document) => {
    const box = new Y.XmlElement('factBox')
    box.insert(0, [new Y.XmlElement('table')])
    sharedTypes.body(document).insert(0, [box])
  },
  'words beside the cells of a table': (document) => {
    const table = new Y.XmlElement('table')
    table.insert(0, [new Y.XmlText('loose')])
    sharedTypes.body(document).insert(0, [table])
  },
  'a list 30 levels deep': (document) => {
    let inner: Y.XmlFragment = sharedTypes.body(document)
    for (const type of Array.from({ length: 15 }, () => ['bulletList', 'listItem']).flat()) {
      const element = new Y.XmlElement(type)
      inner.insert(0, [element])
      inner = element
    }
  },
}
for (const [what, write] of Object.entries(hostile))
  test(`a document with ${what} is refused`, () => {
    const document = documentFromCopy(emptyCopy, true)
    expect(invalidReason(document)).toBe(null)
    write(document)
    expect(invalidReason(document)).toEqual(expect.any(String))
  })

function lineOf(document: Y.Doc): Y.XmlText {
  const [text, paragraph] = [new Y.XmlText('line'), new Y.XmlElement('paragraph')]
  paragraph.insert(0, [text])
  sharedTypes.body(document).insert(0, [paragraph])
  return text
}

test('a list of anything but names is refused, and one that is too long', () => {
  for (const names of [[7], [{ name: 'Ann' }], [null], Array.from({ length: 2000 }, () => '')]) {
    const document = documentFromCopy(emptyCopy, false)
    sharedTypes.names(document, 'topics').push(names)
    expect(invalidReason(document)).toContain('not the text of a story')
  }
  const document = documentFromCopy(emptyCopy, false)
  sharedTypes.names(document, 'authors').push(['x'.repeat(20_000)])
  expect(invalidReason(document)).toContain('may be longer')
})
