import { inlineText } from '../inline'
import { lineSegments, type Segment } from '../segments'
import {
  childNodes,
  type BlockAttributes,
  type BlockDefinition,
  type LooseNode,
  type NodeParser,
  type NodeSpec,
  type Paragraph,
} from './block'

export type List = BulletList | OrderedList
type BulletList = { type: 'bulletList'; attrs: BlockAttributes; content: ListItem[] }
type OrderedList = { type: 'orderedList'; attrs: BlockAttributes; content: ListItem[] }
export type ListItem = { type: 'listItem'; content: (Paragraph | List)[] }

const listItem: NodeSpec = { content: ['paragraph', 'bulletList', 'orderedList'], hasId: false }

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
  nodes: { orderedList: { content: ['listItem'] }, listItem },
  parse: (node, parser, depth) => parseList(node, 'orderedList', parser, depth),
  text: listText,
  segments: (list) => listSegments(list),
  signs: { orderedList: '# ' },
}

export const isList = (type: string): type is List['type'] => type === 'bulletList' || type === 'orderedList'

export function parseList<T extends List['type']>(node: LooseNode, type: T, parser: NodeParser, depth: number) {
  const attrs = parser.id(node)
  const content = childNodes(node).flatMap((child): ListItem[] => {
    parser.checkLimits(depth + 1)
    const itemContent = childNodes(child).flatMap((part): ListItem['content'] => {
      if (!isList(part.type)) return parser.paragraphs(part, depth + 2)
      parser.checkLimits(depth + 2)
      return parseList(part, part.type, parser, depth + 2)
    })
    return itemContent.length > 0 ? [{ type: 'listItem', content: itemContent }] : []
  })
  return content.length > 0 ? [{ type, attrs, content }] : []
}

export function listText({ content }: List): string {
  return content
    .flatMap((item) => item.content.map((part) => (isParagraph(part) ? inlineText(part.content) : listText(part))))
    .join('\n')
}

export function listSegments({ type, content }: List, depth = 1): Segment[] {
  return content.flatMap((item) =>
    item.content.flatMap((part, index) =>
      isParagraph(part)
        ? lineSegments(index === 0 ? type : 'continued', part.content, depth)
        : listSegments(part, depth + 1),
    ),
  )
}

const isParagraph = (part: Paragraph | List): part is Paragraph => part.type === 'paragraph'
