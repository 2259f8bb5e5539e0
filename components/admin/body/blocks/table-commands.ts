import type { Node } from '@tiptap/pm/model'
import { TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state'

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

export const addRowBelow = tableCommand((state, position) => {
  const { table, tablePos, row, column } = position
  const rows = rowsOf(table)
  const { tableRow, tableCell } = state.schema.nodes
  const width = Math.max(1, ...rows.map(({ row }) => row.childCount))
  const above = rows[row]
  const at = tablePos + (above ? above.at + above.row.nodeSize : (rows[0]?.at ?? 1))
  if (!tableRow || !tableCell) return null
  const cells = Array.from({ length: width }, () => tableCell.create())
  return selectCell(state.tr.insert(at, tableRow.create(null, cells)), position, row + 1, column)
})

export const addColumnAfter = tableCommand((state, position) => {
  const { table, tablePos, row, column } = position
  const { tr, schema } = state
  for (const { row, at } of rowsOf(table).reverse()) {
    const cell = schema.nodes.tableCell?.create()
    if (cell) tr.insert(tablePos + at + 1 + cellOffset(row, column + 1), cell)
  }
  return selectCell(tr, position, Math.max(0, row), column + 1)
})

export const deleteRow = tableCommand((state, position) => {
  const { table, tablePos, row, column } = position
  const rows = rowsOf(table)
  const target = rows[row]
  if (!target) return null
  if (rows.length === 1) return removeTable(state, position)
  const at = tablePos + target.at
  return selectCell(state.tr.delete(at, at + target.row.nodeSize), position, Math.max(0, row - 1), column)
})

export const deleteColumn = tableCommand((state, position) => {
  const { table, tablePos, row, column } = position
  const rows = rowsOf(table)
  if (row === -1) return null
  if (rows.every(({ row }) => row.childCount <= 1)) return removeTable(state, position)
  const { tr } = state
  for (const { row, at } of rows.reverse()) {
    // A shorter row has no such cell; a row keeps its last cell.
    if (column >= row.childCount || row.childCount === 1) continue
    const pos = tablePos + at + 1 + cellOffset(row, column)
    tr.delete(pos, pos + row.child(column).nodeSize)
  }
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
