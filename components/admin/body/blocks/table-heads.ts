import type { Node } from '@tiptap/pm/model'
import { Decoration } from '@tiptap/pm/view'
import { headHeight, isFilled } from '@/domain/body/blocks/table'
import { layOut } from '@/domain/body/blocks/table-grid'
import { spansOf } from './table-commands'
import { documentDecorations, ofEachNode } from '../document-decorations'

/** Shows as headings the cells that are headings for readers. */
export const TableHeads = documentDecorations('tableHeads', (doc) => {
  const decorations: Decoration[] = []
  doc.forEach((node, pos) => {
    if (node.type.name !== 'table') return
    for (const { from, to } of headsOf(node))
      decorations.push(Decoration.node(pos + 1 + from, pos + 1 + to, { class: 'head' }))
  })
  return decorations
})

type Range = { from: number; to: number }

/** The cells that are headings, by their offsets in the table. */
const headsOf = ofEachNode((table) => {
  const rows: { row: Node; offset: number }[] = []
  table.forEach((row, offset) => !row.isTextblock && rows.push({ row, offset }))
  const cells = rows.map(({ row }) => row.children)
  const { places } = layOut(cells.map((row) => row.map(({ attrs }) => spansOf(attrs))))
  const height = headHeight(
    places,
    cells.map((row) => row.map(headCell)),
  )
  return rows.flatMap(({ row, offset }, at) => {
    const ranges: Range[] = []
    row.forEach((cell, inRow) => {
      const from = offset + 1 + inRow
      if (isFilled(headCell(cell)) && (at < height || cell.attrs.header === true))
        ranges.push({ from, to: from + cell.nodeSize })
    })
    return ranges
  })
})

const headCell = ({ attrs, childCount }: Node) => ({
  attrs: { header: attrs.header === true },
  content: { length: childCount },
})
