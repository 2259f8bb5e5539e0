/**
 * The body of a story: typed blocks in the shape that the editor (ProseMirror) writes, so nothing is converted on the way.
 * Every block carries an id for life in `attrs.id`; whatever is not listed here does not exist.
 */
export type Body = { type: 'doc'; content: Block[] }

export type Block = Paragraph | Subheading | Quote | List | PullQuote | Rule | FactBox | Table | Embed | CorrectionNote
export type Paragraph = { type: 'paragraph'; attrs: BlockAttributes; content: Inline[] }
export type Subheading = { type: 'heading'; attrs: BlockAttributes & { level: 2 | 3 }; content: Inline[] }
export type Quote = { type: 'blockquote'; attrs: BlockAttributes; content: Paragraph[] }
export type List = { type: 'bulletList' | 'orderedList'; attrs: BlockAttributes; content: ListItem[] }
export type ListItem = { type: 'listItem'; content: (Paragraph | List)[] }
/** Words of the story, set large; whose they are stands last, if it is said. */
export type PullQuote = { type: 'pullQuote'; attrs: BlockAttributes; content: (Paragraph | Attribution)[] }
export type Attribution = { type: 'attribution'; attrs: BlockAttributes; content: Inline[] }
/** A line between two parts of a story. */
export type Rule = { type: 'horizontalRule'; attrs: BlockAttributes }
/** What stands beside the story: its title is the subheading it begins with. */
export type FactBox = { type: 'factBox'; attrs: BlockAttributes; content: (Paragraph | Subheading | List)[] }
/** The first row heads the columns. Rows that two people changed at once may differ in length: those who show them fill them up. */
export type Table = { type: 'table'; attrs: BlockAttributes; content: (TableCaption | TableRow)[] }
export type TableCaption = { type: 'tableCaption'; attrs: BlockAttributes; content: Inline[] }
export type TableRow = { type: 'tableRow'; attrs: BlockAttributes; content: TableCell[] }
export type TableCell = { type: 'tableCell'; attrs: BlockAttributes; content: Inline[] }
/** Something that stands elsewhere: only its address is kept, and the title that the newsroom gave it. */
export type Embed = { type: 'embed'; attrs: BlockAttributes & { href: string; title: string } }
/** Where a correction of this story stands, by its id: its words are kept with the corrections and nowhere else. */
export type CorrectionNote = { type: 'correctionNote'; attrs: BlockAttributes & { correctionId: number } }
/** What a block is called in the newsroom. */
export type BlockName =
  | 'paragraph'
  | 'subheading'
  | 'quote'
  | 'list'
  | 'pull quote'
  | 'rule'
  | 'fact box'
  | 'table'
  | 'embed'
  | 'correction note'
export type Inline = { type: 'text'; text: string; marks: Mark[] } | { type: 'hardBreak' }
export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; attrs: { href: string } }
export type BlockAttributes = { id: string }

/** The blocks that are a line of words themselves. */
const lines = ['paragraph', 'heading', 'attribution', 'tableCaption', 'tableCell'] as const
export type Textblock = Extract<BodyNode, { type: (typeof lines)[number] }>
type BodyNode = Block | ListItem | Attribution | TableCaption | TableRow | TableCell

export const isTextblock = (type: string): type is Textblock['type'] => lines.some((line) => line === type)

const isBlockType: Record<Block['type'], true> = {
  paragraph: true,
  heading: true,
  blockquote: true,
  bulletList: true,
  orderedList: true,
  pullQuote: true,
  horizontalRule: true,
  factBox: true,
  table: true,
  embed: true,
  correctionNote: true,
}
const isPartType: Record<Exclude<BodyNode, Block | ListItem>['type'], true> = {
  attribution: true,
  tableCaption: true,
  tableRow: true,
  tableCell: true,
}

/** The types of all blocks, and of everything that has an id for life: blocks and the parts of some of them. */
export const blockTypes = Object.keys(isBlockType)
export const typesWithId = [...blockTypes, ...Object.keys(isPartType)]

export const bodyLimits = { depth: 20, nodes: 20_000, characters: 1_000_000 } as const

/** Why a document is not a body, in words for the editor. */
export class BodyLimitExceeded extends Error {}

/** The words of a body, one line per line: for search, word counts and feeds. The cells of a table's row are one line, with tabs between. */
export function plainText(body: Body): string {
  return body.content
    .filter((block) => !hasNoText(block))
    .map(nodeText)
    .join('\n')
}

const hasNoText = ({ type, attrs }: Block) =>
  type === 'horizontalRule' || type === 'correctionNote' || ('title' in attrs && attrs.title === '')

/** The ids of the corrections that have their place in a body. */
export function correctionIdsIn(body: Body | null): number[] {
  return (body?.content ?? []).flatMap((block) => (block.type === 'correctionNote' ? [block.attrs.correctionId] : []))
}

export function wordCount(body: Body): number {
  return countWords(plainText(body))
}

export const countWords = (text: string): number => text.match(/\S+/gu)?.length ?? 0

/** How fast readers read. Words. */
const WORDS_PER_MINUTE = 230

/** @returns whole minutes, at least one */
export const readingMinutes = (words: number): number => Math.max(1, Math.round(words / WORDS_PER_MINUTE))

/** Every line of words of a body in its order, however deep it stands. */
export function textblocksOf(body: Body): Textblock[] {
  const within = (node: BodyNode): Textblock[] => {
    if (isTextblockNode(node)) return [node]
    return 'content' in node ? (node.content as BodyNode[]).flatMap(within) : []
  }
  return body.content.flatMap(within)
}

const isTextblockNode = (node: BodyNode): node is Textblock => isTextblock(node.type)

export function blockName(block: Block): BlockName {
  switch (block.type) {
    case 'paragraph':
      return 'paragraph'
    case 'heading':
      return 'subheading'
    case 'blockquote':
      return 'quote'
    case 'bulletList':
    case 'orderedList':
      return 'list'
    case 'pullQuote':
      return 'pull quote'
    case 'horizontalRule':
      return 'rule'
    case 'factBox':
      return 'fact box'
    case 'table':
      return 'table'
    case 'embed':
      return 'embed'
    case 'correctionNote':
      return 'correction note'
  }
}

type GridRow = (TableCell | null)[]

/**
 * The caption of a table, and its rows filled up to the longest: null stands for a cell that is not there. The first row names the columns where it says
 * anything and others follow; `head` is null where it does not.
 */
export function tableGrid(table: Table): { caption: Inline[]; head: GridRow | null; rows: GridRow[] } {
  const cellRows = table.content.flatMap((part) => (part.type === 'tableRow' ? [part.content] : []))
  const width = Math.max(...cellRows.map((cells) => cells.length))
  const rows = cellRows.map((cells) => Array.from({ length: width }, (_, place) => cells[place] ?? null))
  const caption = table.content.flatMap((part) => (part.type === 'tableCaption' ? part.content : []))
  const [first, ...others] = rows
  const hasHead = others.length > 0 && first?.some((cell) => isFilled(cell))
  return hasHead && first ? { caption, head: first, rows: others } : { caption, head: null, rows }
}

export const isFilled = (cell: TableCell | null): cell is TableCell => cell !== null && cell.content.length > 0

export const inlineText = (content: Inline[]): string =>
  content.map((part) => (part.type === 'hardBreak' ? '\n' : part.text)).join('')

/** The addresses a link may have. Anything else (javascript:, data:, //host) is text, not a link. */
export function isSafeLink(href: string): boolean {
  if (/[\u0000-\u0020\u007f]/u.test(href)) return false
  if (/^(?:\/(?![/\\])|#)/u.test(href)) return true
  return /^(?:https?:\/\/[^/]|mailto:.|tel:.)/iu.test(href) && URL.canParse(href)
}

export const isCorrectionId = (id: unknown): id is number => Number.isSafeInteger(id) && Number(id) > 0

export const isBlockId = (id: string) => /^[\w-]{1,64}$/u.test(id)

/** Text as XML, JSON and Postgres can all hold it: no U+0000, no control characters but tab and line feed, no lone surrogates. */
export function sanitizeText(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/gu, '')
}

function nodeText(node: BodyNode): string {
  if (isTextblockNode(node)) return inlineText(node.content)
  switch (node.type) {
    case 'horizontalRule':
    case 'correctionNote':
      return ''
    case 'embed':
      return node.attrs.title
    case 'tableRow':
      return node.content.map(nodeText).join('\t')
    case 'blockquote':
    case 'bulletList':
    case 'orderedList':
    case 'listItem':
    case 'pullQuote':
    case 'factBox':
    case 'table':
      return (node.content as BodyNode[]).map(nodeText).join('\n')
  }
}
