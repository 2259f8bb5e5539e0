import { inlineText, type Inline } from '../inline'
import { lineSegments } from '../segments'
import {
  childNodes,
  type BlockAttributes,
  type BlockDefinition,
  type LooseNode,
  type NodeParser,
  type Paragraph,
} from './block'

/** The first row heads the columns. Rows may differ in length after concurrent edits: `tableGrid` fills them up. */
export type Table = { type: 'table'; attrs: BlockAttributes; content: (TableCaption | TableRow)[] }
export type TableCaption = { type: 'tableCaption'; attrs: BlockAttributes; content: Inline[] }
export type TableRow = { type: 'tableRow'; attrs: BlockAttributes; content: TableCell[] }
export type TableCell = { type: 'tableCell'; attrs: BlockAttributes; content: Inline[] }

export const table: BlockDefinition<Table, 'table'> = {
  name: 'table',
  nodes: {
    table: { content: ['tableCaption', 'tableRow'] },
    tableCaption: { content: 'inline' },
    tableRow: { content: ['tableCell'] },
    tableCell: { content: 'inline' },
  },
  parse: parseTable,
  /** The cells of a row are one line, separated by tabs. */
  text: ({ content }) =>
    content
      .map((part) =>
        part.type === 'tableCaption'
          ? inlineText(part.content)
          : part.content.map((cell) => inlineText(cell.content)).join('\t'),
      )
      .join('\n'),
  segments: ({ content }) =>
    content.flatMap((part) =>
      part.type === 'tableCaption'
        ? lineSegments('caption', part.content)
        : part.content.flatMap((cell, index) => lineSegments(index === 0 ? 'row' : 'cell', cell.content)),
    ),
  signs: { caption: '[caption] ', row: '| ' },
  inlineSigns: { cell: ' | ' },
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
    else if (child.type === 'tableRow') rows.push(...parseRow(child, parser, depth + 1))
    else others.push(...parser.paragraphs(child, depth + 1))
  }
  if (rows.length === 0) return [...captions, ...others].filter(({ content }) => content.length > 0)
  return [{ type: 'table', attrs, content: [...joinCaptions(captions), ...rows] }, ...others]
}

function joinCaptions([first, ...more]: Paragraph[]): TableCaption[] {
  if (!first) return []
  const content = [...first.content, ...more.flatMap((one): Inline[] => [{ type: 'hardBreak' }, ...one.content])]
  return [{ type: 'tableCaption', attrs: first.attrs, content }]
}

function parseRow(node: LooseNode, parser: NodeParser, depth: number): TableRow[] {
  const attrs = parser.id(node)
  const cells = childNodes(node).flatMap((child) => parser.paragraphs(child, depth + 1))
  const content = cells.map(({ attrs, content }): TableCell => ({ type: 'tableCell', attrs, content }))
  return content.length > 0 ? [{ type: 'tableRow', attrs, content }] : []
}

type GridRow = (TableCell | null)[]

/**
 * A table's caption and its rows, filled up with null to the length of the longest. The first row is the `head` when one of its cells
 * has text and other rows follow.
 */
export function tableGrid({ content }: Table): { caption: Inline[]; head: GridRow | null; rows: GridRow[] } {
  const cellRows = content.flatMap((part) => (part.type === 'tableRow' ? [part.content] : []))
  const width = Math.max(...cellRows.map((cells) => cells.length))
  const rows = cellRows.map((cells) => Array.from({ length: width }, (_, index) => cells[index] ?? null))
  const caption = content.flatMap((part) => (part.type === 'tableCaption' ? part.content : []))
  const [first, ...others] = rows
  const hasHead = others.length > 0 && first?.some((cell) => isFilled(cell))
  return hasHead && first ? { caption, head: first, rows: others } : { caption, head: null, rows }
}

export const isFilled = (cell: TableCell | null): cell is TableCell => cell !== null && cell.content.length > 0
