import { getSchema } from '@tiptap/core'
import { EditorState, TextSelection, type Command } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { bodyExtensions } from '../body-extensions'
import { addColumnAfter, addRowBelow, deleteColumn, deleteRow } from './table-commands'

const schema = getSchema(bodyExtensions)

/** Cells are written as their words, with `>2` for two columns and `v2` for two rows. */
function tableOf(lines: string[][]) {
  const cell = (written: string) => {
    const [words = '', ...spans] = written.split(/(?=[>v]\d)/u)
    const span = (sign: string) => Number(spans.find((one) => one.startsWith(sign))?.slice(1) ?? 1)
    const attrs = { colspan: span('>'), rowspan: span('v') }
    return schema.node('tableCell', attrs, words === '' ? [] : [schema.text(words)])
  }
  const rows = lines.map((cells) => schema.node('tableRow', null, cells.map(cell)))
  return schema.node('doc', null, [schema.node('table', null, rows)])
}

function after(command: Command, lines: string[][], caretIn: string): string[][] {
  const doc = tableOf(lines)
  let at = 0
  doc.descendants((node, pos) => void (node.isText && node.text === caretIn && (at = pos)))
  const state = EditorState.create({ doc, selection: TextSelection.create(doc, at) })
  let result = state
  command(state, (tr) => (result = state.apply(tr)))
  const table = result.doc.firstChild
  return (table?.children ?? []).map((row) =>
    row.children.map(({ textContent, attrs }) => {
      const span = (sign: string, value: unknown) => (typeof value === 'number' && value > 1 ? `${sign}${value}` : '')
      return textContent + span('>', attrs.colspan) + span('v', attrs.rowspan)
    }),
  )
}

const medals = [
  ['Placev2', 'Medals>2'],
  ['Gold', 'Silver'],
  ['Overley', '16', '8'],
  ['Netherbyv2', '5', '4'],
  ['3', '2'],
]

test.each<[string, Command, string, string[][]]>([
  ['a row under a heading that reaches over it', addRowBelow, 'Medals', [['Placev3', 'Medals>2'], ['', ''], ...medals.slice(1)]],
  ['a row inside a high cell', addRowBelow, '5', [...medals.slice(0, 3), ['Netherbyv3', '5', '4'], ['', ''], ['3', '2']]],
  ['a row elsewhere', addRowBelow, '16', [...medals.slice(0, 3), ['', '', ''], ...medals.slice(3)]],
  ['a column under a wide heading', addColumnAfter, 'Gold', [
    ['Placev2', 'Medals>3'], ['Gold', '', 'Silver'], ['Overley', '16', '', '8'], ['Netherbyv2', '5', '', '4'], ['3', '', '2'],
  ]],
  ['a column behind a high cell', addColumnAfter, 'Place', [
    ['Placev2', '', 'Medals>2'], ['', 'Gold', 'Silver'], ['Overley', '', '16', '8'], ['Netherbyv2', '', '5', '4'], ['', '3', '2'],
  ]],
  ['no first row: its high cell moves down', deleteRow, 'Medals', [['Place', 'Gold', 'Silver'], ...medals.slice(2)]],
  ['no row under a high cell', deleteRow, '3', [...medals.slice(0, 3), ['Netherby', '5', '4']]],
  ['no column under a wide heading', deleteColumn, 'Gold', [
    ['Placev2', 'Medals'], ['Silver'], ['Overley', '8'], ['Netherbyv2', '4'], ['2'],
  ]],
  ['no columns of a wide heading', deleteColumn, 'Medals', [['Placev2'], ['Gold'], ['Overley'], ['Netherbyv2'], ['3']]],
])('%s: every figure stays in its column', (_name, command, caretIn, expected) => {
  expect(after(command, medals, caretIn)).toEqual(expected)
}) // prettier-ignore
