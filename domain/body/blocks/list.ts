import { plainInline } from '../plain-inline'
import { lineSegments, type Segment } from '../segments'
import { choiceAttribute, flagAttribute, integerAttribute, readAttributes, type ValuesOf } from './attributes'
import {
  childNodes,
  nodeAttributes,
  type BlockAttributes,
  type BlockDefinition,
  type LooseNode,
  type NodeParser,
  type NodeSpec,
  type Paragraph,
} from './block'
import { itemNumbers, numberSign } from './list-numbers'

/** The numbers of a list carry meaning (HTML, "the ol element"): "as paragraph 3 says". Integers of 32 bits, as in browsers. */
const ANY_INTEGER = { from: -(2 ** 31), to: 2 ** 31 - 1 }

export const numberingAttributes = {
  start: integerAttribute('start', ANY_INTEGER),
  type: choiceAttribute('type', ['a', 'A', 'i', 'I'] as const),
  reversed: flagAttribute('reversed'),
}
const itemAttributes = { value: integerAttribute('value', ANY_INTEGER) }

export type Numbering = ValuesOf<typeof numberingAttributes>
export type BulletList = { type: 'bulletList'; attrs: BlockAttributes; content: ListItem[] }
export type OrderedList = { type: 'orderedList'; attrs: BlockAttributes & Numbering; content: ListItem[] }
export type List = BulletList | OrderedList
export type ListItem = {
  type: 'listItem'
  attrs?: ValuesOf<typeof itemAttributes>
  content: (Paragraph | List)[]
}

const listItem: NodeSpec = {
  content: ['paragraph', 'bulletList', 'orderedList'],
  hasId: false,
  attributes: itemAttributes,
}

export const bulletList: BlockDefinition<BulletList, 'list'> = {
  name: 'list',
  nodes: { bulletList: { content: ['listItem'] }, listItem },
  parse: (node, parser, depth) => parseList(node, 'bulletList', parser, depth),
  text: listText,
  segments: (list) => listSegments(list),
  signs: { bulletList: '• ', continued: '\u2003' },
}

export const orderedList: BlockDefinition<OrderedList, 'list'> = {
  name: 'list',
  nodes: { orderedList: { content: ['listItem'], attributes: numberingAttributes }, listItem },
  parse: (node, parser, depth) => parseList(node, 'orderedList', parser, depth),
  text: listText,
  segments: (list) => listSegments(list),
  signs: { orderedList: '# ' },
}

export const isList = (type: string): type is List['type'] => type === 'bulletList' || type === 'orderedList'

export function parseList<T extends List['type']>(
  node: LooseNode,
  type: T,
  parser: NodeParser,
  depth: number,
): Extract<List, { type: T }>[] {
  const isOrdered = type === 'orderedList'
  const attrs = { ...parser.id(node), ...(isOrdered && numberingOf(node)) }
  const content = childNodes(node).flatMap((child): ListItem[] => {
    parser.checkLimits(depth + 1)
    const itemContent = childNodes(child).flatMap((part): ListItem['content'] => {
      if (!isList(part.type)) return parser.paragraphs(part, depth + 2)
      parser.checkLimits(depth + 2)
      return parseList(part, part.type, parser, depth + 2)
    })
    const value = isOrdered ? readAttributes(itemAttributes, nodeAttributes(child)) : {}
    const numbered = Object.keys(value).length > 0 && { attrs: value }
    return itemContent.length > 0 ? [{ type: 'listItem', ...numbered, content: itemContent }] : []
  })
  return content.length > 0 ? [{ type, attrs, content } as Extract<List, { type: T }>] : []
}

/** A list begins with 1 anyhow, unless it counts down. */
function numberingOf(node: LooseNode): Numbering {
  const { start, ...others } = readAttributes(numberingAttributes, nodeAttributes(node))
  return { ...(start !== undefined && (start !== 1 || others.reversed) && { start }), ...others }
}

export function listText({ content }: List): string {
  return content
    .flatMap((item) => item.content.map((part) => (isParagraph(part) ? plainInline(part.content) : listText(part))))
    .join('\n')
}

/** The first line of an item has a sign. Where the list says how it is numbered, the sign has the number: a change of it is a change of the text. */
export function listSegments(list: List, depth = 1): Segment[] {
  const signs = itemSigns(list)
  return list.content.flatMap((item, at) =>
    item.content.flatMap((part, index) =>
      isParagraph(part)
        ? lineSegments(index === 0 ? (signs[at] ?? list.type) : 'continued', part.content, depth)
        : listSegments(part, depth + 1),
    ),
  )
}

function itemSigns(list: List): string[] {
  if (list.type === 'bulletList') return []
  const { start, type, reversed } = list.attrs
  const isSaid = start !== undefined || type !== undefined || reversed === true
  const numbers = itemNumbers(list)
  return list.content.map(({ attrs }, at) =>
    (at === 0 && isSaid) || attrs?.value !== undefined
      ? `orderedList:${reversed && at === 0 ? '[counting down] ' : ''}${numberSign(numbers[at] ?? 1, type)} `
      : 'orderedList',
  )
}

const isParagraph = (part: Paragraph | List): part is Paragraph => part.type === 'paragraph'
