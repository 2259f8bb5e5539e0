import type { Inline } from '../inline'
import { plainInline } from '../plain-inline'
import { nodeAttributes, type BlockAttributes, type BlockDefinition, type LooseNode, type NodeParser } from './block'

export type Subheading = { type: 'heading'; attrs: BlockAttributes & { level: 2 | 3 }; content: Inline[] }

export const heading: BlockDefinition<Subheading, 'subheading'> = {
  name: 'subheading',
  nodes: { heading: { content: 'inline' } },
  parse: (node, parser, depth) => [parseHeading(node, parser, depth)],
  text: ({ content }) => plainInline(content),
  segments: ({ content }) => content,
  variant: ({ attrs }) => attrs.level,
}

export function parseHeading(node: LooseNode, parser: NodeParser, depth: number): Subheading {
  const level = nodeAttributes(node).level === 3 ? 3 : 2
  return { type: 'heading', attrs: { ...parser.id(node), level }, content: parser.inline(node, depth) }
}
