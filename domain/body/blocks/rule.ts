import { lineSegments } from '../segments'
import type { BlockAttributes, BlockDefinition } from './block'

/** A line between two parts of a story. */
export type Rule = { type: 'horizontalRule'; attrs: BlockAttributes }

export const rule: BlockDefinition<Rule, 'rule'> = {
  name: 'rule',
  nodes: { horizontalRule: { content: [] } },
  parse: (node, parser) => [{ type: 'horizontalRule', attrs: parser.id(node) }],
  text: () => null,
  segments: () => lineSegments('rule'),
  signs: { rule: '———' },
}
