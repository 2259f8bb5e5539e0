import { getSchema } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { AllSelection, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { bodyExtensions } from './body-extensions'
import { selectedText } from './copied-text'

const schema = getSchema(bodyExtensions)

const text = (text: string, ...marks: object[]) => ({ type: 'text', text, marks })
const paragraph = (...content: object[]) => ({ type: 'paragraph', content })
const item = (...content: object[]) => ({ type: 'listItem', content })
const br = { type: 'hardBreak' }

const list = (type: string, attrs: object, ...content: object[]) => ({ type, attrs, content })
const cell = (words: string, attrs = {}) => ({ type: 'tableCell', attrs, content: words === '' ? [] : [text(words)] })
const tableOf = (...rows: object[][]) => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content })),
})

/** Bodies; where the selection begins and ends, or nothing for all of it; and what is copied. */
const siblings: Record<string, { content: object[]; from?: string; to?: string; is: string }> = {
  'empty paragraphs between': {
    content: [paragraph(text('One')), paragraph(), paragraph(), paragraph(text('Two')), paragraph()],
    is: 'One\n\nTwo',
  },
  'the start of the next block': {
    content: [list('orderedList', {}, item(paragraph(text('One'))), item(paragraph(text('Two'))))],
    from: 'One',
    to: '|Two',
    is: '1. One',
  },
  'the end of the block before': {
    content: [paragraph(text('One')), paragraph(text('Two')), paragraph(text('Three'))],
    from: 'One|',
    to: 'Two',
    is: 'Two',
  },
  'a list inside a list alone': {
    content: [
      list(
        'bulletList',
        {},
        item(
          paragraph(text('Out')),
          list('orderedList', { start: 9 }, item(paragraph(text('In'))), item(paragraph(text('On')))),
        ),
      ),
    ],
    from: 'In',
    to: 'On',
    is: '9. In\n10. On',
  },
  'an item that begins with a list': {
    content: [
      list('orderedList', {}, item(list('bulletList', {}, item(paragraph(text('In')))), paragraph(text('Out')))),
    ],
    is: '1. - In\n   Out',
  },
  'numbers of their own, letters and counting down': {
    content: [
      list('orderedList', { reversed: true }, item(paragraph(text('C'))), item(paragraph(text('D')))),
      list('orderedList', { type: 'a', start: 27 }, item(paragraph(text('E')))),
      list('orderedList', {}, { ...item(paragraph(text('F'))), attrs: { value: 7 } }, item(paragraph(text('G')))),
    ],
    is: '2. C\n1. D\n\naa. E\n\n7. F\n8. G',
  },
  'wide and high cells': {
    content: [
      tableOf(
        [cell('Place', { rowspan: 2 }), cell('Medals', { colspan: 2 })],
        [cell('Gold'), cell('Silver')],
        [cell('Overley'), cell('16'), cell('', { rowspan: 2 })],
        [cell('Netherby'), cell('5')],
      ),
    ],
    is: 'Place\tMedals\t\n\tGold\tSilver\nOverley\t16\t\nNetherby\t5\t',
  },
  'tabs and breaks in a cell': {
    content: [
      {
        type: 'table',
        content: [
          { type: 'tableCaption', content: [text('Songs')] },
          {
            type: 'tableRow',
            content: [{ type: 'tableCell', content: [text('A\tB'), { type: 'hardBreak' }, text('C')] }, cell('D')],
          },
        ],
      },
    ],
    is: 'Songs\nA B C\tD',
  },
  'a box, a rule, an embed and a pull quote': {
    content: [
      {
        type: 'factBox',
        content: [
          { type: 'heading', attrs: { level: 2 }, content: [text('Facts')] },
          list('bulletList', {}, item(paragraph(text('One')))),
        ],
      },
      { type: 'horizontalRule' },
      { type: 'embed', attrs: { href: 'https://video.example/7', title: 'Kites' } },
      {
        type: 'pullQuote',
        content: [paragraph(text('It sang.')), { type: 'attribution', content: [text('Wren')] }],
      },
    ],
    is: 'Facts\n\n- One\n\nKites\nhttps://video.example/7\n\nIt sang.\n\nWren',
  },
  'only a part of a table': {
    content: [tableOf([cell('A'), cell('B'), cell('C')], [cell('D'), cell('E'), cell('F')])],
    from: 'B',
    to: 'E',
    is: 'B\tC\nD\tE',
  },
  'from text into a table': {
    content: [paragraph(text('The ferry')), tableOf([cell('A'), cell('B')])],
    from: 'ferry',
    to: 'A',
    is: 'ferry\n\nA',
  },
  'breaks at the ends of a line': {
    content: [paragraph(br, text('One'), br, br), paragraph(br), paragraph(text('Two'), br, text('Three'))],
    is: 'One\n\nTwo\nThree',
  },
  'a quote and lines in an item': {
    content: [
      { type: 'blockquote', content: [paragraph(text('Loud')), paragraph(text('Louder'))] },
      list('bulletList', {}, item(paragraph(text('A'), br, text('B')), paragraph(), paragraph(text('C')))),
    ],
    is: 'Loud\n\nLouder\n\n- A\n  B\n  C',
  },
  'from an inner list to the item behind it': {
    content: [
      list(
        'orderedList',
        {},
        item(paragraph(text('Out')), list('bulletList', {}, item(paragraph(text('In'))))),
        item(paragraph(text('Next'))),
      ),
    ],
    from: 'In',
    to: 'Next',
    is: '   - In\n2. Next',
  },
  'the second line of an item alone': {
    content: [list('orderedList', {}, item(paragraph(text('One')), paragraph(text('Two')), paragraph(text('Three'))))],
    from: 'Two',
    to: 'Three',
    is: 'Two\nThree',
  },
  'a table of which a row is selected behind a high cell': {
    content: [tableOf([cell('A', { rowspan: 2 }), cell('B')], [cell('C')], [cell('D'), cell('E')])],
    from: 'C',
    to: 'E',
    is: 'C\nD\tE',
  },
  'struck, raised and linked words': {
    content: [
      paragraph(text('On '), text('Monday', { type: 'strike' }), text(' Tuesday')),
      paragraph(text('10'), text('6', { type: 'superscript' })),
      paragraph(text('here', { type: 'link', attrs: { href: 'https://kite.example' } })),
    ],
    is: 'On ~~Monday~~ Tuesday\n\n10⁶\n\nhere',
  },
  'right to left': {
    content: [list('orderedList', {}, item(paragraph(text('غزة'))), item(paragraph(text('قال UNRWA'))))],
    is: '1. غزة\n2. قال UNRWA',
  },
  'an empty item keeps its number': {
    content: [list('orderedList', {}, item(paragraph(text('One'))), item(paragraph()), item(paragraph(text('Three'))))],
    is: '1. One\n2.\n3. Three',
  },
}

test.each(Object.keys(siblings))('copied as plain text: %s', (name) => {
  const { content, from, to, is } = siblings[name] ?? { content: [], is: '' }
  const doc = schema.nodeFromJSON({ type: 'doc', content })
  doc.check()
  const selection = from === undefined || to === undefined ? new AllSelection(doc) : selectionOf(doc, from, to)
  expect(selectedText({ state: { doc, selection }, nodeDOM: () => null })).toBe(is)
})

/** From the first to the last of some words. With "|" the selection begins behind words or ends before them. */
function selectionOf(doc: Node, first: string, last: string): TextSelection {
  const [start, end] = [first.replace('|', ''), last.replace('|', '')]
  let [from, to] = [-1, -1]
  doc.descendants((node, pos) => {
    const at = (words: string) => node.text?.indexOf(words) ?? -1
    if (from === -1 && at(start) !== -1) from = pos + at(start) + (first === start ? 0 : start.length)
    if (at(end) !== -1) to = pos + at(end) + (last === end ? end.length : 0)
  })
  return TextSelection.create(doc, from, to)
}

test('copying thousands of items and paragraphs takes work in proportion', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => item(paragraph(text(`Kite ${at}`))))
  const content = [list('orderedList', {}, ...many), ...many.map(({ content: [only = paragraph()] }) => only)]
  const doc = schema.nodeFromJSON({ type: 'doc', content })
  const copied = selectedText({ state: { doc, selection: new AllSelection(doc) }, nodeDOM: () => null })
  expect(copied.split('\n').filter((line) => line !== '')).toHaveLength(40_000)
  expect(copied).toContain('20000. Kite 19999\n\nKite 0')
})
