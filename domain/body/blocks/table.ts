import type { Inline } from '../inline'
import { plainInline } from '../plain-inline'
import { lineSegments, type Segment } from '../segments'
import { flagAttribute, integerAttribute, readAttributes, type ValuesOf } from './attributes'
import {
  childNodes,
  nodeAttributes,
  type BlockAttributes,
  type BlockDefinition,
  type LooseNode,
  type NodeParser,
  type Paragraph,
} from './block'
import { layOut, type Place } from './table-grid'

/** A `rowspan` of 0 reaches to the last row. The bounds are those of HTML; `layOut` keeps cells inside their table. */
export const cellAttributes = {
  colspan: integerAttribute('colspan', { from: 1, to: 1000, fallback: 1 }),
  rowspan: integerAttribute('rowspan', { from: 0, to: 65_534, fallback: 1 }),
  header: flagAttribute('header'),
}

/** Rows may differ in length after concurrent edits: `tableGrid` fills them up, and knows which cells are headings. */
export type Table = { type: 'table'; attrs: BlockAttributes; content: (TableCaption | TableRow)[] }
export type TableCaption = { type: 'tableCaption'; attrs: BlockAttributes; content: Inline[] }
export type TableRow = { type: 'tableRow'; attrs: BlockAttributes; content: TableCell[] }
export type TableCell = {
  type: 'tableCell'
  attrs: BlockAttributes & ValuesOf<typeof cellAttributes>
  content: Inline[]
}

export const table: BlockDefinition<Table, 'table'> = {
  name: 'table',
  nodes: {
    table: { content: ['tableCaption', 'tableRow'] },
    tableCaption: { content: 'inline' },
    tableRow: { content: ['tableCell'] },
    tableCell: { content: 'inline', attributes: cellAttributes },
  },
  parse: parseTable,
  text: tableText,
  segments: ({ content }) =>
    content.flatMap((part) =>
      part.type === 'tableCaption'
        ? lineSegments('caption', part.content)
        : part.content.flatMap((cell, index) => cellSegments(cell, index === 0)),
    ),
  signs: { caption: '[caption] ', row: '| ' },
  inlineSigns: { cell: ' | ' },
}

/** The cells of a row are one line, separated by tabs. Where a cell of the row above or a wide one stands, a place is left: every figure stays in its column. */
function tableText(table: Table): string {
  const { caption, head, rows } = tableGrid(table)
  const lines = [...head, ...rows].map((slots) => slots.map(({ cell }) => (cell ? plainInline(cell.content) : '')))
  return [...(caption.length > 0 ? [plainInline(caption)] : []), ...lines.map((cells) => cells.join('\t'))].join('\n')
}

/** What a cell spans is part of its sign, so that a change of it is shown. */
function cellSegments(
  { attrs: { colspan = 1, rowspan = 1, header }, content }: TableCell,
  isFirst: boolean,
): Segment[] {
  const notes = [
    ...(header ? ['heading'] : []),
    ...(colspan > 1 ? [`${colspan} columns wide`] : []),
    ...(rowspan > 1 ? [`${rowspan} rows high`] : []),
  ]
  const [sign, text] = isFirst ? ['row', '| '] : ['cell', ' | ']
  return lineSegments(notes.length > 0 ? `${sign}:${text}[${notes.join(', ')}] ` : sign, content)
}

/** Children that are neither rows nor captions become paragraphs behind the table; so does a table without rows. */
function parseTable(node: LooseNode, parser: NodeParser, depth: number): (Table | Paragraph)[] {
  const attrs = parser.id(node)
  const captions: Paragraph[] = []
  const rows: TableRow[] = []
  const others: Paragraph[] = []
  for (const child of childNodes(node)) {
    parser.checkLimits(depth + 1)
    if (child.type === 'tableCaption') captions.push(parser.paragraph(child, depth + 1))
    else if (child.type === 'tableRow') rows.push(parseRow(child, parser, depth + 1))
    else others.push(...parser.paragraphs(child, depth + 1))
  }
  const inside = withinTable(rows)
  if (inside.length === 0) return [...captions, ...others].filter(({ content }) => content.length > 0)
  return [{ type: 'table', attrs, content: [...joinCaptions(captions), ...inside] }, ...others]
}

function joinCaptions([first, ...more]: Paragraph[]): TableCaption[] {
  if (!first) return []
  const content = [...first.content, ...more.flatMap((one): Inline[] => [{ type: 'hardBreak' }, ...one.content])]
  return [{ type: 'tableCaption', attrs: first.attrs, content }]
}

function parseRow(node: LooseNode, parser: NodeParser, depth: number): TableRow {
  const attrs = parser.id(node)
  const content = childNodes(node).flatMap((child) => {
    const own = child.type === 'tableCell' ? readAttributes(cellAttributes, nodeAttributes(child)) : {}
    return parser
      .paragraphs(child, depth + 1)
      .map(({ attrs, content }): TableCell => ({ type: 'tableCell', attrs: { ...attrs, ...own }, content }))
  })
  return { type: 'tableRow', attrs, content }
}

/** Without rows that have no cells, and with spans that end in the table. */
function withinTable(rows: TableRow[]): TableRow[] {
  const { places } = layOut(rows.map(({ content }) => content.map(({ attrs }) => attrs)))
  const filled = rows.filter(({ content }) => content.length > 0)
  return filled.map((row, at) => ({
    ...row,
    content: row.content.map((cell, index) => {
      const { colspan: _colspan, rowspan: _rowspan, ...attrs } = cell.attrs
      const place = places[at]?.[index]
      return {
        ...cell,
        attrs: {
          ...attrs,
          ...(place && place.colspan > 1 && { colspan: place.colspan }),
          ...(place && place.rowspan > 1 && { rowspan: place.rowspan }),
        },
      }
    }),
  }))
}

/** A place of a row: where a cell begins, or null where none begins. `isCovered`: one that begins elsewhere reaches here. */
export type Slot = { cell: TableCell | null; column: number; colspan: number; rowspan: number; isCovered: boolean }

export type TableGrid = { caption: Inline[]; head: Slot[][]; rows: Slot[][] }

/** Above so many places the rows are not filled up: a wide row and many short ones would take memory for each place. */
const MAX_PLACES = 20_000

/** A table's caption and its rows, each with a slot for every column. `head`: the rows above that head the columns. */
export function tableGrid({ content }: Table): TableGrid {
  const cellRows = content.flatMap((part) => (part.type === 'tableRow' ? [part.content] : []))
  const caption = content.flatMap((part) => (part.type === 'tableCaption' ? part.content : []))
  const { places, width } = layOut(cellRows.map((cells) => cells.map(({ attrs }) => attrs)))
  const height = headHeight(places, cellRows)
  const headAndRows = (slots: Slot[][]) => ({ caption, head: slots.slice(0, height), rows: slots.slice(height) })
  if (width * places.length > MAX_PLACES)
    return headAndRows(
      places.map((row, at) =>
        row.map((place, index): Slot => ({ ...place, cell: cellRows[at]?.[index] ?? null, isCovered: false })),
      ),
    )
  const slots = places.map((): Slot[] =>
    Array.from({ length: width }, (_, column) => ({ cell: null, column, colspan: 1, rowspan: 1, isCovered: false })),
  )
  places.forEach((row, at) => {
    row.forEach((place, index) => cover(slots, place, cellRows[at]?.[index] ?? null))
  })
  return headAndRows(slots)
}

function cover(slots: Slot[][], { row, column, colspan, rowspan }: Place, cell: TableCell | null) {
  for (const line of slots.slice(row, row + rowspan))
    for (const slot of line.slice(column, column + colspan)) slot.isCovered = true
  const first = slots[row]?.[column]
  if (first) Object.assign(first, { cell, colspan, rowspan, isCovered: false })
}

/**
 * How many rows head the columns. Where cells are marked as headings, those above in which all others are empty; else the first one, if it has
 * text. Rows that a cell of the head reaches into belong to it. A table of nothing but headings has no head.
 */
export function headHeight(places: readonly (readonly Place[])[], rows: readonly (readonly HeadCell[])[]): number {
  const isMarked = rows.some((cells) => cells.some(({ attrs }) => attrs.header))
  const isHead = (cells: readonly HeadCell[]) =>
    isMarked
      ? cells.some(({ attrs }) => attrs.header) && cells.every((cell) => cell.attrs.header || !isFilled(cell))
      : cells.some(isFilled)
  let height = 0
  let reaching = 1
  for (let row = 0; row < rows.length && (row < reaching || (isMarked && isHead(rows[row] ?? []))); row += 1) {
    if (row === 0 && !isHead(rows[0] ?? [])) return 0
    height = row + 1
    reaching = Math.max(reaching, ...(places[row] ?? []).map((place) => place.row + place.rowspan))
  }
  return height < rows.length ? height : 0
}

type HeadCell = { attrs: { header?: boolean | null }; content: { length: number } }

export const isFilled = (cell: { content: { length: number } } | null) => cell !== null && cell.content.length > 0
