/** A cell as its row declares it. */
export type Spans = { colspan?: number; rowspan?: number }

/** Where a cell stands and how far it reaches, in columns and rows. */
export type Place = { row: number; column: number; colspan: number; rowspan: number }

/** `places` has the rows and cells of the table; a row without cells is none and counts nowhere. */
export type Grid = { places: Place[][]; width: number; height: number }

/** As in browsers (HTML, `colspan`). Columns from here on are one wide, which bounds the work. */
const MAX_COLSPAN = 1000

/**
 * Lays out cells as HTML does ("forming a table"), except that cells never overlap, and that there are no columns and rows in which no cell
 * begins: a cell reaches no further than the table. So a span of 100,000 is as wide as the table. `rowspan` 0 reaches to the last row.
 */
export function layOut(rows: readonly (readonly Spans[])[]): Grid {
  const filled = rows.flatMap((cells, at) => (cells.length > 0 ? [at] : []))
  const taken: number[] = []
  const raw = rows.map((cells, row) => {
    let column = 0
    return cells.map(({ colspan = 1, rowspan = 1 }): Place => {
      while ((taken[column] ?? 0) > row) column += 1
      const rowsLeft = rows.length - row
      const place: Place = { row, column, colspan: 1, rowspan: rowspan === 0 ? rowsLeft : Math.min(rowspan, rowsLeft) }
      const widest = Math.min(colspan, Math.max(1, MAX_COLSPAN - column))
      while (place.colspan < widest && (taken[column + place.colspan] ?? 0) <= row) place.colspan += 1
      taken.fill(row + place.rowspan, column, column + place.colspan)
      for (let at = taken.length; at < column + place.colspan; at += 1) taken[at] = row + place.rowspan
      column += place.colspan
      return place
    })
  })
  const starts = [...new Set(raw.flatMap((cells) => cells.map(({ column }) => column)))].sort((a, b) => a - b)
  const columnsBefore = counter(starts)
  const rowsBefore = counter(filled)
  const places = filled.map((at) =>
    (raw[at] ?? []).map(({ row, column, colspan, rowspan }): Place => {
      const [newRow, newColumn] = [rowsBefore(row), columnsBefore(column)]
      return {
        row: newRow,
        column: newColumn,
        colspan: columnsBefore(column + colspan) - newColumn,
        rowspan: rowsBefore(row + rowspan) - newRow,
      }
    }),
  )
  return { places, width: starts.length, height: filled.length }
}

/** How many of some sorted numbers are smaller than one. */
function counter(sorted: number[]): (than: number) => number {
  const counts: number[] = []
  sorted.forEach((number, index) => {
    while (counts.length <= number) counts.push(index)
  })
  return (than) => counts[than] ?? sorted.length
}
