import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { element, emptyCopy } from './documents.test-support'
import { invalidReason } from './validation'
import { documentFromCopy, sharedTypes } from './story-document'

const withBlock = (block: Y.XmlElement | Y.XmlText) => (document: Y.Doc) =>
  sharedTypes.body(document).insert(0, [block])

const withMark = (mark: object) => (document: Y.Doc) => {
  const line = new Y.XmlText('line')
  withBlock(element('paragraph', {}, line))(document)
  line.insert(0, 'x', mark)
}

const deepList = (levels: number): Y.XmlElement =>
  element('bulletList', {}, element('listItem', {}, ...(levels > 1 ? [deepList(levels - 1)] : [])))

const hostile: Record<string, (document: Y.Doc) => void> = {
  'an unknown block': withBlock(element('script', {})),
  'text outside a block': withBlock(new Y.XmlText('loose')),
  'a list inside a quote': withBlock(element('blockquote', {}, element('bulletList', {}))),
  'a link that runs a script': withMark({ link: { href: 'javascript:alert(1)' } }),
  'an unknown mark': withMark({ blink: {} }),
  'a number that JSON cannot write': withBlock(element('heading', { level: 3n })),
  'something that is no text in a headline': (document) =>
    sharedTypes.text(document, 'headline').insertEmbed(0, { image: 'x' }),
  'a section that is none': (document) => sharedTypes.choices(document).set('sectionId', 'many'),
  'a field of 10,001 characters': (document) => sharedTypes.text(document, 'kicker').insert(0, 'k'.repeat(10_001)),
  'an embed without an address': withBlock(element('embed', {})),
  'an embed that runs a script': withBlock(element('embed', { href: 'javascript:alert(1)' })),
  'a correction note without a correction': withBlock(element('correctionNote', { correctionId: '7' })),
  'a correction note inside a fact box': withBlock(
    element('factBox', {}, element('correctionNote', { correctionId: 7 })),
  ),
  'a table inside a fact box': withBlock(element('factBox', {}, element('table', {}))),
  'text beside the cells of a table': withBlock(element('table', {}, new Y.XmlText('loose'))),
  'a list 30 levels deep': withBlock(deepList(15)),
}
test.each(Object.entries(hostile))('a document with %s is refused', (_what, write) => {
  const document = documentFromCopy(emptyCopy, true)
  expect(invalidReason(document)).toBe(null)
  write(document)
  expect(invalidReason(document)).toEqual(expect.any(String))
})

test('a list of anything but names is refused, and one that is too long', () => {
  const reasonFor = (names: unknown[]) => {
    const document = documentFromCopy(emptyCopy, false)
    sharedTypes.names(document, 'topics').push(names)
    return invalidReason(document)
  }
  for (const names of [[7], [{ name: 'Ann' }], [null], Array.from({ length: 2000 }, () => '')])
    expect(reasonFor(names)).toContain('not the text of a story')
  expect(reasonFor(['x'.repeat(20_000)])).toContain('may be longer')
})
