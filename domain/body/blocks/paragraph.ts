import { plainInline } from '../plain-inline'
import type { BlockDefinition, Paragraph } from './block'

export const paragraph: BlockDefinition<Paragraph, 'paragraph'> = {
  name: 'paragraph',
  nodes: { paragraph: { content: 'inline' } },
  parse: (node, parser, depth) => [parser.paragraph(node, depth)],
  text: ({ content }) => plainInline(content),
  segments: ({ content }) => content,
}
