import type { Node } from '@tiptap/pm/model'
import { TextSelection, type Command, type EditorState, type Transaction } from '@tiptap/pm/state'

/** The cell the caret is in, and where it stands. `tableAt` is the place before the table; rows count without the caption. */
export type InTable = { table: Node; tableAt: number; row: number; column: number }

export function tableAround({ selection: { $from } }: EditorState): InTable | null {
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name !== 'table') continue
    const [table, line] = [$from.node(depth), $from.index(depth)]
    const captions = rowsOf(table).findIndex(({ place }) => place === line)
    return {
      table,
      tableAt: $from.before(depth),
      row: captions,
      column: captions === -1 ? 0 : $from.index(depth + 1),
    }
  }
  return null
}

/** The rows of a table: each with its number among all parts, and the place before it, counted from the table's own. */
function rowsOf(table: Node): { row: Node; place: number; at: number }[] {
  const rows: { row: Node; place: number; at: number }[] = []
  table.forEach((row, at, place) => {
    if (row.type.name === 'tableRow') rows.push({ row, place, at: at + 1 })
  })
  return rows
}

/** The place inside a cell's beginning, or its end where the row is shorter. */
function caretIn(table: Node, tableAt: number, row: number, column: number): number | null {
  const found = rowsOf(table)[row]
  if (!found) return null
  let at = tableAt + found.at + 1
  for (let cell = 0; cell < Math.min(column, found.row.childCount - 1); cell += 1) at += found.row.child(cell).nodeSize
  return at + 1
}

function goTo(tr: Transaction, { tableAt }: InTable, row: number, column: number): Transaction {
  const table = tr.doc.nodeAt(tableAt)
  const at = table && caretIn(table, tableAt, row, column)
  return at === null ? tr : tr.setSelection(TextSelection.create(tr.doc, at)).scrollIntoView()
}

const inTable =
  (work: (state: EditorState, here: InTable) => Transaction | null): Command =>
  (state, dispatch) => {
    const here = tableAround(state)
    const tr = here && work(state, here)
    if (tr) dispatch?.(tr)
    return Boolean(tr)
  }

export const addRowBelow = inTable((state, here) => {
  const { table, tableAt, row, column } = here
  const rows = rowsOf(table)
  const { tableRow, tableCell } = state.schema.nodes
  const width = Math.max(1, ...rows.map(({ row }) => row.childCount))
  const above = rows[row]
  const at = tableAt + (above ? above.at + above.row.nodeSize : (rows[0]?.at ?? 1))
  if (!tableRow || !tableCell) return null
  const cells = Array.from({ length: width }, () => tableCell.create())
  return goTo(state.tr.insert(at, tableRow.create(null, cells)), here, row + 1, column)
})

export const addColumnAfter = inTable((state, here) => {
  const { table, tableAt, row, column } = here
  const { tr, schema } = state
  for (const { row, at } of rowsOf(table).reverse()) {
    let place = tableAt + at + 1
    for (let cell = 0; cell <= Math.min(column, row.childCount - 1); cell += 1) place += row.child(cell).nodeSize
    const cell = schema.nodes.tableCell?.create()
    if (cell) tr.insert(place, cell)
  }
  return goTo(tr, here, Math.max(0, row), column + 1)
})

export const deleteRow = inTable((state, here) => {
  const { table, tableAt, row, column } = here
  const rows = rowsOf(table)
  const found = rows[row]
  if (!found) return null
  if (rows.length === 1) return withoutTable(state, here)
  const at = tableAt + found.at
  return goTo(state.tr.delete(at, at + found.row.nodeSize), here, Math.max(0, row - 1), column)
})

export const deleteColumn = inTable((state, here) => {
  const { table, tableAt, row, column } = here
  const rows = rowsOf(table)
  if (row === -1) return null
  if (rows.every(({ row }) => row.childCount <= 1)) return withoutTable(state, here)
  const { tr } = state
  for (const { row, at } of rows.reverse()) {
    // A row that is shorter has nothing there; one that is one cell long keeps it.
    if (column >= row.childCount || row.childCount === 1) continue
    let place = tableAt + at + 1
    for (let cell = 0; cell < column; cell += 1) place += row.child(cell).nodeSize
    tr.delete(place, place + row.child(column).nodeSize)
  }
  return goTo(tr, here, row, Math.max(0, column - 1))
})

export const deleteTable = inTable(withoutTable)

function withoutTable(state: EditorState, { table, tableAt }: InTable): Transaction {
  const { paragraph } = state.schema.nodes
  const tr = state.tr
  if (paragraph) tr.replaceWith(tableAt, tableAt + table.nodeSize, paragraph.create())
  return tr.setSelection(TextSelection.near(tr.doc.resolve(tableAt + 1))).scrollIntoView()
}

/** From cell to cell, row after row. Behind the last there is a new row, unless the last is empty: then the key is the browser's again. */
export const nextCell: Command = (state, dispatch) => {
  const here = tableAround(state)
  if (!here) return false
  const rows = rowsOf(here.table)
  const now = rows[here.row]?.row
  if (here.row === -1) dispatch?.(goTo(state.tr, here, 0, 0))
  else if (now && here.column < now.childCount - 1) dispatch?.(goTo(state.tr, here, here.row, here.column + 1))
  else if (here.row < rows.length - 1) dispatch?.(goTo(state.tr, here, here.row + 1, 0))
  else if (now?.textContent === '') return false
  else return addRowBelow(state, dispatch && ((tr) => dispatch(goTo(tr, here, here.row + 1, 0))))
  return true
}

export const formerCell: Command = (state, dispatch) => {
  const here = tableAround(state)
  if (!here || here.row === -1 || (here.row === 0 && here.column === 0)) return false
  const [row, column] = here.column > 0 ? [here.row, here.column - 1] : [here.row - 1, Infinity]
  dispatch?.(goTo(state.tr, here, row, column))
  return true
}

/** The cell below; from the last row on, nothing. */
export const cellBelow: Command = (state, dispatch) => {
  const here = tableAround(state)
  if (!here || here.row >= rowsOf(here.table).length - 1) return false
  dispatch?.(goTo(state.tr, here, here.row + 1, here.row === -1 ? 0 : here.column))
  return true
}

/** What is selected over several cells is emptied; the cells stay. */
export const emptyCells: Command = (state, dispatch) => {
  const { $from, $to } = state.selection
  const here = tableAround(state)
  if (!here || $from.sameParent($to) || $to.pos > here.tableAt + here.table.nodeSize) return false
  dispatch?.(emptied(state).scrollIntoView())
  return true
}

export function emptied({ tr, selection: { from, to }, doc }: EditorState): Transaction {
  const stretches: [number, number][] = []
  doc.nodesBetween(from, to, (node, at) => {
    if (node.isTextblock) stretches.push([Math.max(from, at + 1), Math.min(to, at + 1 + node.content.size)])
  })
  for (const [start, end] of stretches.reverse()) if (start < end) tr.delete(start, end)
  return tr.setSelection(TextSelection.create(tr.doc, from))
}
