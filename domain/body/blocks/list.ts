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

export type List = ListOf<'bulletList'> | ListOf<'orderedList'>
type ListOf<Type> = { type: Type; attrs: BlockAttributes; content: ListItem[] }
export type ListItem = { type: 'listItem'; content: (Paragraph | List)[] }

const listItem: NodeSpec = { content: ['paragraph', 'bulletList', 'orderedList'], hasId: false }

export const bulletList = listBlock('bulletList', { bulletList: '• ', continued: '\u2003' })
export const orderedList = listBlock('orderedList', { orderedList: '# ' })

function listBlock<Type extends List['type']>(
  type: Type,
  signs: Record<string, string>,
): BlockDefinition<ListOf<Type>, 'list'> {
  return {
    name: 'list',
    nodes: { [type]: { content: ['listItem'] }, listItem },
    parse: (node, parser, depth) => parseList(node, type, parser, depth),
    text: listText,
    segments: (list) => listSegments(list),
    signs,
  }
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

export function listText({ content }: ListOf<List['type']>): string {
  return content
    .flatMap((item) => item.content.map((part) => (isParagraph(part) ? inlineText(part.content) : listText(part))))
    .join('\n')
}

export function listSegments({ type, content }: ListOf<List['type']>, depth = 1): Segment[] {
  return content.flatMap((item) =>
    item.content.flatMap((part, index) =>
      isParagraph(part)
        ? lineSegments(index === 0 ? type : 'continued', part.content, depth)
        : listSegments(part, depth + 1),
    ),
  )
}

const isParagraph = (part: Paragraph | List): part is Paragraph => part.type === 'paragraph'
