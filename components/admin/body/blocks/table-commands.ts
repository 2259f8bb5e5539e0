import type { Attrs, Node } from '@tiptap/pm/model'
import { TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state'
import { layOut, type Spans } from '@/domain/body/blocks/table-grid'

/** The cell that the caret is in. `row` is -1 in the caption, which rows are counted without. */
type TablePosition = { table: Node; tablePos: number; row: number; column: number }

export function tableAtCaret({ selection: { $from } }: EditorState): TablePosition | null {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name !== 'table') continue
    const [table, childIndex] = [$from.node(depth), $from.index(depth)]
    const row = rowsOf(table).findIndex(({ index }) => index === childIndex)
    return { table, tablePos: $from.before(depth), row, column: row === -1 ? 0 : $from.index(depth + 1) }
  }
  return null
}

/** The rows of a table with their index among its children and their position relative to the table's. */
function rowsOf(table: Node): { row: Node; index: number; at: number }[] {
  const rows: { row: Node; index: number; at: number }[] = []
  table.forEach((row, at, index) => {
    if (row.type.name === 'tableRow') rows.push({ row, index, at: at + 1 })
  })
  return rows
}

/** The position of a cell relative to its row's content; behind the last cell, the row's end. */
const cellOffset = (row: Node, column: number) =>
  row.children.slice(0, column).reduce((offset, cell) => offset + cell.nodeSize, 0)

/** The start of a cell's text; in a shorter row, that of its last cell. */
function cellPos(table: Node, tablePos: number, row: number, column: number): number | null {
  const target = rowsOf(table)[row]
  return target ? tablePos + target.at + 2 + cellOffset(target.row, Math.min(column, target.row.childCount - 1)) : null
}

function selectCell(tr: Transaction, { tablePos }: TablePosition, row: number, column: number): Transaction {
  const table = tr.doc.nodeAt(tablePos)
  const at = table && cellPos(table, tablePos, row, column)
  return at === null ? tr : tr.setSelection(TextSelection.create(tr.doc, at)).scrollIntoView()
}

const tableCommand =
  (apply: (state: EditorState, position: TablePosition) => Transaction | null): Command =>
  (state, dispatch) => {
    const position = tableAtCaret(state)
    const tr = position && apply(state, position)
    if (tr) dispatch?.(tr)
    return Boolean(tr)
  }

/** The rows with the place of each cell, as HTML lays them out; `pos` is the cell's in the document. */
function gridOf({ table, tablePos }: TablePosition) {
  const rows = rowsOf(table)
  const { places, width } = layOut(rows.map(({ row }) => row.children.map(({ attrs }) => spansOf(attrs))))
  const cells = rows.flatMap(({ row, at }, index) =>
    row.children.map((node, column) => ({
      node,
      pos: tablePos + at + 1 + cellOffset(row, column),
      place: places[index]?.[column] ?? { row: index, column, colspan: 1, rowspan: 1 },
    })),
  )
  return { rows, cells, width }
}

type Cell = ReturnType<typeof gridOf>['cells'][number]

export const spansOf = ({ colspan, rowspan }: Attrs): Spans => ({
  colspan: typeof colspan === 'number' ? colspan : 1,
  rowspan: typeof rowspan === 'number' ? rowspan : 1,
})

const withSpans = (tr: Transaction, { node, pos, place }: Cell, spans: Spans) =>
  tr.setNodeMarkup(tr.mapping.map(pos), null, {
    ...node.attrs,
    colspan: place.colspan,
    rowspan: place.rowspan,
    ...spans,
  })

const reaches = ({ place }: Cell, row: number) => place.row <= row && row < place.row + place.rowspan

/** The position in a row behind its cells that begin before a column. */
const positionBefore = (row: Cell[], column: number, first: number) => {
  const last = row.findLast(({ place }) => place.column < column)
  return last ? last.pos + last.node.nodeSize : first
}

/** Cells that reach over the new row become higher. */
export const addRowBelow = tableCommand((state, position) => {
  const { tablePos, row, column } = position
  const { rows, cells, width } = gridOf(position)
  const { tableRow, tableCell } = state.schema.nodes
  const above = rows[row]
  const at = tablePos + (above ? above.at + above.row.nodeSize : (rows[0]?.at ?? 1))
  if (!tableRow || !tableCell) return null
  const over = cells.filter((cell) => reaches(cell, row) && reaches(cell, row + 1))
  const { tr } = state
  for (const cell of over) withSpans(tr, cell, { rowspan: cell.place.rowspan + 1 })
  const covered = over.reduce((sum, { place }) => sum + place.colspan, 0)
  const added = Array.from({ length: Math.max(1, width - covered) }, () => tableCell.create())
  return selectCell(tr.insert(at, tableRow.create(null, added)), position, row + 1, column)
})

/** Cells that reach over the new column become wider. */
export const addColumnAfter = tableCommand((state, position) => {
  const { row, column } = position
  const { rows, cells } = gridOf(position)
  const { tr, schema } = state
  const { tableCell } = schema.nodes
  const here = cells.filter(({ place }) => place.row === Math.max(0, row))[column]?.place
  const boundary = here ? here.column + here.colspan : 1
  const isOver = ({ place }: Cell) => place.column < boundary && boundary < place.column + place.colspan
  for (const cell of cells.filter(isOver)) withSpans(tr, cell, { colspan: cell.place.colspan + 1 })
  rows.forEach(({ at }, index) => {
    if (!tableCell || cells.some((cell) => isOver(cell) && reaches(cell, index))) return
    const inRow = cells.filter(({ place }) => place.row === index)
    tr.insert(tr.mapping.map(positionBefore(inRow, boundary, position.tablePos + at + 1)), tableCell.create())
  })
  return selectCell(tr, position, Math.max(0, row), column + 1)
})

/** A cell that begins in the row and reaches further moves to the next one; cells from above become lower. */
export const deleteRow = tableCommand((state, position) => {
  const { tablePos, row, column } = position
  const { rows, cells } = gridOf(position)
  const target = rows[row]
  if (!target) return null
  if (rows.length === 1) return removeTable(state, position)
  const { tr } = state
  const over = cells.filter((cell) => reaches(cell, row) && cell.place.rowspan > 1)
  const next = rows[row + 1]
  for (const cell of over) {
    const rowspan = cell.place.rowspan - 1
    if (cell.place.row < row) withSpans(tr, cell, { rowspan })
    else if (next) {
      const inNext = cells.filter(({ place }) => place.row === row + 1)
      const at = positionBefore(inNext, cell.place.column, tablePos + next.at + 1)
      const { place, node } = cell
      tr.insert(tr.mapping.map(at), node.type.create({ ...node.attrs, colspan: place.colspan, rowspan }, node.content))
    }
  }
  const at = tr.mapping.map(tablePos + target.at)
  return selectCell(tr.delete(at, at + target.row.nodeSize), position, Math.max(0, row - 1), column)
})

/** Removes the columns of the cell; wider cells become narrower. */
export const deleteColumn = tableCommand((state, position) => {
  const { row, column } = position
  const { cells, rows, width } = gridOf(position)
  const here = cells.filter(({ place }) => place.row === row)[column]?.place
  if (row === -1 || !here) return null
  if (here.colspan >= width) return removeTable(state, position)
  const { tr } = state
  rows.forEach((_row, index) => {
    const inRow = cells.filter(({ place }) => place.row === index)
    const widths = inRow.map(({ place }) => {
      const [from, to] = [
        Math.max(place.column, here.column),
        Math.min(place.column + place.colspan, here.column + here.colspan),
      ]
      return place.colspan - Math.max(0, to - from)
    })
    inRow.forEach((cell, at) => {
      const left = widths[at] ?? 1
      // A row keeps its last cell.
      const isLast = widths.every((one) => one === 0) && at === 0
      if (left === 0 && !isLast) tr.delete(tr.mapping.map(cell.pos), tr.mapping.map(cell.pos + cell.node.nodeSize))
      else if (left !== cell.place.colspan) withSpans(tr, cell, { colspan: Math.max(1, left) })
    })
  })
  return selectCell(tr, position, row, Math.max(0, column - 1))
})

export const deleteTable = tableCommand(removeTable)

function removeTable(state: EditorState, { table, tablePos }: TablePosition): Transaction {
  const { paragraph } = state.schema.nodes
  const tr = state.tr
  if (paragraph) tr.replaceWith(tablePos, tablePos + table.nodeSize, paragraph.create())
  return tr.setSelection(TextSelection.near(tr.doc.resolve(tablePos + 1))).scrollIntoView()
}

/** Selects the next cell. Behind the last cell a row is added, unless that cell is empty: then Tab moves the focus, as usual. */
export const nextCell: Command = (state, dispatch) => {
  const position = tableAtCaret(state)
  if (!position) return false
  const rows = rowsOf(position.table)
  const current = rows[position.row]?.row
  if (position.row === -1) dispatch?.(selectCell(state.tr, position, 0, 0))
  else if (current && position.column < current.childCount - 1)
    dispatch?.(selectCell(state.tr, position, position.row, position.column + 1))
  else if (position.row < rows.length - 1) dispatch?.(selectCell(state.tr, position, position.row + 1, 0))
  else if (current?.textContent === '') return false
  else return addRowBelow(state, dispatch && ((tr) => dispatch(selectCell(tr, position, position.row + 1, 0))))
  return true
}

export const previousCell: Command = (state, dispatch) => {
  const position = tableAtCaret(state)
  if (!position || position.row === -1 || (position.row === 0 && position.column === 0)) return false
  const [row, column] = position.column > 0 ? [position.row, position.column - 1] : [position.row - 1, Infinity]
  dispatch?.(selectCell(state.tr, position, row, column))
  return true
}

/** Selects the cell below; not in the last row. */
export const cellBelow: Command = (state, dispatch) => {
  const position = tableAtCaret(state)
  if (!position || position.row >= rowsOf(position.table).length - 1) return false
  dispatch?.(selectCell(state.tr, position, position.row + 1, position.row === -1 ? 0 : position.column))
  return true
}

/** Empties the cells of a selection that spans several, and keeps them. */
export const clearCells: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  const position = tableAtCaret(state)
  if (!position || $from.sameParent($to) || $to.pos > position.tablePos + position.table.nodeSize) return false
  dispatch?.(clearSelection(state).scrollIntoView())
  return true
}

export function clearSelection({ tr, selection: { from, to }, doc }: EditorState): Transaction {
  const ranges: [number, number][] = []
  doc.nodesBetween(from, to, (node, at) => {
    if (node.isTextblock) ranges.push([Math.max(from, at + 1), Math.min(to, at + 1 + node.content.size)])
  })
  for (const [start, end] of ranges.reverse()) if (start < end) tr.delete(start, end)
  return tr.setSelection(TextSelection.create(tr.doc, from))
}
