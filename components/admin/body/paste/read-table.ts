import type { Context, LayoutReader } from './read-layout'
import { formTable } from './table-grid'

type Row = { element: Element; cells: Element[]; group: Element | null }

const GROUPS = ['table-header-group', 'table-row-group', 'table-footer-group']

/** Reads a table, by element or by style. A layout table (one row or column, or blocks in its cells) becomes its text. */
export function readTable(reader: LayoutReader, table: Element, context: Context) {
  const { writer } = reader
  const displayOf = (element: Element) => reader.layout.window.getComputedStyle(element).display
  const rows = rowsOf(table, displayOf)
  const grid = formTable(rows)
  const width = Math.max(0, ...grid.map((cells) => cells.reduce((sum, { colspan }) => sum + colspan, 0)))
  const role = reader.layout.sourceOf(table).getAttribute('role')
  const isData = table.querySelector('th, caption, thead') !== null
  const isLayout =
    grid.length < 2 ||
    width < 2 ||
    role === 'presentation' ||
    role === 'none' ||
    table.querySelector(isData ? 'table, h1, h2, h3, h4, h5, h6' : 'table, h1, h2, h3, h4, h5, h6, ul, ol') !== null
  const captions = [...table.children].filter((child) => displayOf(child) === 'table-caption')
  const cellsHoldAll = lettersOf([table]) === lettersOf([...captions, ...rows.flatMap(({ cells }) => cells)])
  // Each cell is lines of its own.
  if (isLayout || !cellsHoldAll || !writer.mayHoldBlock) return reader.block(table, context)
  const page = writer.root.ownerDocument
  const written = page.createElement('table')
  for (const caption of captions) writeCell(reader, caption, 'caption', written, context)
  for (const cells of grid) {
    const row = page.createElement('tr')
    written.append(row)
    for (const { cell, colspan, rowspan } of cells) {
      const look =
        cell.parentElement && cell.parentElement !== table ? reader.lookOf(cell.parentElement, context) : context.look
      const element = writeCell(reader, cell, cell.localName === 'th' ? 'th' : 'td', row, { ...context, look })
      if (colspan > 1) element.setAttribute('colspan', String(colspan))
      if (rowspan > 1) element.setAttribute('rowspan', String(rowspan))
    }
  }
  writer.block(written, () => undefined)
}

function writeCell(reader: LayoutReader, cell: Element, name: string, row: Element, context: Context): Element {
  const element = row.ownerDocument.createElement(name)
  row.append(element)
  const look = reader.lookOf(cell, context)
  // Heads are bold by themselves.
  const isHeading = context.isHeading || name === 'th'
  if (look.shown) reader.writer.singleLine(element, () => reader.readChildren(cell, { ...context, look, isHeading }))
  return element
}

const lettersOf = (elements: Element[]) =>
  elements.reduce((sum, { textContent }) => sum + (textContent ?? '').replace(/\s/gu, '').length, 0)

/** In the order in which they are seen. */
function rowsOf(table: Element, displayOf: (element: Element) => string): Row[] {
  const groups: Record<string, Row[]> = { head: [], body: [], foot: [] }
  const collect = (parent: Element, group: Element | null, into: Row[]) => {
    for (const child of parent.children) {
      const display = displayOf(child)
      if (child.localName === 'tr' ? display !== 'none' : display === 'table-row') {
        const cells = [...child.children].filter((cell) => displayOf(cell) !== 'none')
        into.push({ element: child, cells, group })
      } else if (GROUPS.includes(display) || /^t(?:head|body|foot)$/u.test(child.localName)) {
        const name = /head/u.test(display) ? 'head' : /foot/u.test(display) ? 'foot' : 'body'
        if (display !== 'none') collect(child, child, groups[name] ?? into)
      } else if (display === 'table-cell') into.push({ element: parent, cells: [child], group })
    }
  }
  collect(table, null, groups.body ?? [])
  return [...(groups.head ?? []), ...(groups.body ?? []), ...(groups.foot ?? [])]
}
