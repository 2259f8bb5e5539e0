import { plainInline } from '../plain-inline'
import { lineSegments, type Segment } from '../segments'
import { childNodes, type BlockAttributes, type BlockDefinition, type Paragraph } from './block'
import { parseHeading, type Subheading } from './heading'
import { isList, listSegments, listText, parseList, type List } from './list'

type Part = Paragraph | Subheading | List

/** Background beside the story. Its title is the subheading it starts with. */
export type FactBox = { type: 'factBox'; attrs: BlockAttributes; content: Part[] }

export const factBox: BlockDefinition<FactBox, 'fact box'> = {
  name: 'fact box',
  nodes: { factBox: { content: ['paragraph', 'heading', 'bulletList', 'orderedList'] } },
  parse(node, parser, depth) {
    const attrs = parser.id(node)
    const content = childNodes(node).flatMap((child) =>
      parser.within<Part>(child, depth + 1, (part, at) => {
        if (part.type === 'heading') return [parseHeading(part, parser, at)]
        return isList(part.type) ? parseList(part, part.type, parser, at) : null
      }),
    )
    return content.length > 0 ? [{ type: 'factBox', attrs, content }] : []
  },
  text: ({ content }) =>
    content.map((part) => (isListPart(part) ? listText(part) : plainInline(part.content))).join('\n'),
  segments: ({ content }) => content.flatMap(partSegments),
  signs: { boxed: '▏', title: '▏## ', 'smaller title': '▏### ' },
}

function partSegments(part: Part): Segment[] {
  if (isListPart(part)) return listSegments(part)
  if (part.type === 'paragraph') return lineSegments('boxed', part.content)
  return lineSegments(part.attrs.level === 2 ? 'title' : 'smaller title', part.content)
}

const isListPart = (part: Part): part is List => isList(part.type)
