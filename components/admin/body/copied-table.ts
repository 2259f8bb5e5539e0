import type { Node } from '@tiptap/pm/model'
import { layOut, type Place, type Spans } from '@/domain/body/blocks/table-grid'
import { copiedInline, partOf, selectedChildren, type Range } from './copied-range'

/** Above so many places rows are not filled up: one wide row and many short ones would take a tab for each. */
const MAX_PLACES = 20_000

/**
 * The selected rows of a table, one a line, with its caption before them. Every cell stands in its column: one that spans several, or rows
 * below, leaves the other places empty, as in a spreadsheet.
 */
export function copiedTable(table: Node, pos: number, range: Range): string {
  const rows = table.children.flatMap((row, index) => (row.isTextblock ? [] : [{ row, index }]))
  const { places, width } = layOut(rows.map(({ row }) => row.children.map(({ attrs }) => spansOf(attrs))))
  const placesOf = new Map(rows.map(({ index }, at) => [index, places[at] ?? []]))
  const filledWidth = width * rows.length <= MAX_PLACES ? width : 0
  return selectedChildren(table, pos + 1, range)
    .map(({ node, pos: at, index }) =>
      node.isTextblock
        ? copiedInline(partOf(node, at, range))
        : rowText(node, at, { range, places: placesOf.get(index) ?? [], width: filledWidth }),
    )
    .join('\n')
}

const spansOf = ({ colspan, rowspan }: { colspan?: number | null; rowspan?: number | null }): Spans => ({
  colspan: colspan ?? 1,
  rowspan: rowspan ?? 1,
})

type RowPlaces = { range: Range; places: Place[]; width: number }

/** The first and the last selected row may be selected in part: then the places outside are left out. */
function rowText(row: Node, pos: number, { range, places, width }: RowPlaces): string {
  const cells = selectedChildren(row, pos + 1, range)
  const [first, last] = [places[cells[0]?.index ?? 0], places[cells.at(-1)?.index ?? 0]]
  let column = range.from <= pos ? 0 : (first?.column ?? 0)
  let text = ''
  const goTo = (next: number) => {
    text += '\t'.repeat(Math.max(0, next - column))
    column = Math.max(next, column)
  }
  for (const cell of cells) {
    goTo(places[cell.index]?.column ?? column)
    text += copiedInline(partOf(cell.node, cell.pos, range)).replace(/[\t\n]/gu, ' ')
  }
  const isWhole = range.to >= pos + row.nodeSize
  goTo(Math.max(isWhole ? width : 0, (last?.column ?? 0) + (last?.colspan ?? 1)) - 1)
  return text
}
