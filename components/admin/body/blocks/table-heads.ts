import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { headHeight, isFilled } from '@/domain/body/blocks/table'
import { layOut } from '@/domain/body/blocks/table-grid'
import { spansOf } from './table-commands'

const key = new PluginKey<DecorationSet>('tableHeads')

/** Shows as headings the cells that are headings for readers. */
export const TableHeads = Extension.create({
  name: 'tableHeads',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: (_config, { doc }) => decorationsFor(doc),
        apply: (tr, decorations) => (tr.docChanged ? decorationsFor(tr.doc) : decorations),
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
})

function decorationsFor(doc: Node): DecorationSet {
  const decorations: Decoration[] = []
  doc.forEach((node, pos) => {
    if (node.type.name !== 'table') return
    for (const { from, to } of headsOf(node))
      decorations.push(Decoration.node(pos + 1 + from, pos + 1 + to, { class: 'head' }))
  })
  return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations)
}

type Range = { from: number; to: number }
const known = new WeakMap<Node, Range[]>()

/** The cells that are headings, by their offsets in the table. */
function headsOf(table: Node): Range[] {
  const found = known.get(table)
  if (found) return found
  const rows: { row: Node; offset: number }[] = []
  table.forEach((row, offset) => !row.isTextblock && rows.push({ row, offset }))
  const cells = rows.map(({ row }) => row.children)
  const { places } = layOut(cells.map((row) => row.map(({ attrs }) => spansOf(attrs))))
  const height = headHeight(
    places,
    cells.map((row) => row.map(headCell)),
  )
  const heads = rows.flatMap(({ row, offset }, at) => {
    const ranges: Range[] = []
    row.forEach((cell, inRow) => {
      const from = offset + 1 + inRow
      if (isFilled(headCell(cell)) && (at < height || cell.attrs.header === true))
        ranges.push({ from, to: from + cell.nodeSize })
    })
    return ranges
  })
  known.set(table, heads)
  return heads
}

const headCell = ({ attrs, childCount }: Node) => ({
  attrs: { header: attrs.header === true },
  content: { length: childCount },
})
