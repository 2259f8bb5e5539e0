import { inlineText } from '../inline'
import { lineSegments } from '../segments'
import { childNodes, type BlockAttributes, type BlockDefinition, type Paragraph } from './block'

export type Quote = { type: 'blockquote'; attrs: BlockAttributes; content: Paragraph[] }

export const quote: BlockDefinition<Quote, 'quote'> = {
  name: 'quote',
  nodes: { blockquote: { content: ['paragraph'] } },
  parse(node, parser, depth) {
    const attrs = parser.id(node)
    const content = childNodes(node).flatMap((child) => parser.paragraphs(child, depth + 1))
    return content.length > 0 ? [{ type: 'blockquote', attrs, content }] : []
  },
  text: ({ content }) => content.map((line) => inlineText(line.content)).join('\n'),
  segments: ({ content }) => content.flatMap((line) => lineSegments('quote', line.content)),
  signs: { quote: '› ' },
}
