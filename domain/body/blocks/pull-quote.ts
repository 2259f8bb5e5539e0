import type { Inline } from '../inline'
import { plainInline } from '../plain-inline'
import { lineSegments } from '../segments'
import { childNodes, type BlockAttributes, type BlockDefinition, type Paragraph } from './block'

/** A quotation set large. The attribution, if there is one, comes last. */
export type PullQuote = { type: 'pullQuote'; attrs: BlockAttributes; content: (Paragraph | Attribution)[] }
export type Attribution = { type: 'attribution'; attrs: BlockAttributes; content: Inline[] }

export const pullQuote: BlockDefinition<PullQuote, 'pull quote'> = {
  name: 'pull quote',
  nodes: { pullQuote: { content: ['paragraph', 'attribution'] }, attribution: { content: 'inline' } },
  /** Of several attributions (two people may each add one) the last stays; the others become paragraphs. */
  parse(node, parser, depth) {
    const attrs = parser.id(node)
    const children = childNodes(node)
    const last = children.findLast(({ type }) => type === 'attribution')
    const paragraphs = children.flatMap((child) => (child === last ? [] : parser.paragraphs(child, depth + 1)))
    if (last) parser.checkLimits(depth + 1)
    if (!last) return paragraphs.length > 0 ? [{ type: 'pullQuote', attrs, content: paragraphs }] : []
    const { attrs: id, content } = parser.paragraph(last, depth + 1)
    if (paragraphs.length === 0)
      return [{ type: 'pullQuote', attrs, content: [{ type: 'paragraph', attrs: id, content }] }]
    return [{ type: 'pullQuote', attrs, content: [...paragraphs, { type: 'attribution', attrs: id, content }] }]
  },
  text: ({ content }) => content.map((line) => plainInline(line.content)).join('\n'),
  segments: ({ content }) =>
    content.flatMap((line) => lineSegments(line.type === 'attribution' ? 'attribution' : 'quote', line.content)),
  signs: { attribution: '— ' },
}
