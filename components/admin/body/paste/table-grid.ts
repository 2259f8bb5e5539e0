/** A cell with the columns and rows that it takes. */
export type GridCell = { cell: Element; colspan: number; rowspan: number }

/** Of a cell, as browsers have it. */
const MAX_SPAN = 1000
/** Columns of a table: more are no table that anybody reads. */
const MAX_COLUMNS = 1000

type Row = { cells: Element[]; group: Element | null }

/**
 * Forms a table: WHATWG HTML, "Forming a table". Spans end where the table or the group of rows ends; columns and rows in which no cell begins are
 * taken out, so that a span is never wider than the columns under it.
 */
export function formTable(rows: Row[]): GridCell[][] {
  const taken = rows.map(() => new Set<number>())
  const placed = rows.map((row, y) => placeRow(row, y, rows, taken))
  const columns = [...new Set(placed.flat().map(({ x }) => x))].sort((a, b) => a - b)
  const lines = placed.flatMap((row, y) => (row.length > 0 ? [y] : []))
  const between = (marks: number[], from: number, length: number) =>
    Math.max(1, marks.filter((mark) => mark >= from && mark < from + length).length)
  return lines.map((y) =>
    (placed[y] ?? []).map(({ cell, x, colspan, rowspan }) => ({
      cell,
      colspan: between(columns, x, colspan),
      rowspan: between(lines, y, rowspan),
    })),
  )
}

function placeRow({ cells, group }: Row, y: number, rows: Row[], taken: Set<number>[]) {
  const end = rows.findIndex((row, at) => at > y && row.group !== group)
  const left = (end === -1 ? rows.length : end) - y
  let x = 0
  return cells.map((cell) => {
    while (taken[y]?.has(x)) x += 1
    const colspan = Math.max(1, Math.min(span(cell, 'colspan') || 1, MAX_COLUMNS - x))
    const wanted = span(cell, 'rowspan')
    const rowspan = Math.min(wanted === 0 ? left : wanted, left)
    for (let row = y; row < y + rowspan; row += 1) {
      for (let column = x; column < x + colspan; column += 1) taken[row]?.add(column)
    }
    const at = { cell, x, colspan, rowspan }
    x += colspan
    return at
  })
}

/** @returns 0 for a span to the end of the rows */
function span(cell: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number.parseInt(cell.getAttribute(name) ?? '1', 10)
  return Number.isNaN(value) || value < 0 ? 1 : Math.min(value, MAX_SPAN)
}
