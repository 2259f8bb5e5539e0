import { plainInline } from '../plain-inline'
import { lineSegments } from '../segments'
import { childNodes, type BlockAttributes, type BlockDefinition, type Paragraph } from './block'

type ParagraphsBlock<Type extends string> = { type: Type; attrs: BlockAttributes; content: Paragraph[] }

/**
 * A block that consists of paragraphs.
 * @param sign what its lines start with in a comparison: a name, and the text it is shown as
 */
export const paragraphsBlock = <Type extends string, Name extends string>(
  type: Type,
  name: Name,
  sign: [name: string, text: string],
): BlockDefinition<ParagraphsBlock<Type>, Name> => ({
  name,
  nodes: { [type]: { content: ['paragraph'] } },
  parse(node, parser, depth) {
    const attrs = parser.id(node)
    const content = childNodes(node).flatMap((child) => parser.paragraphs(child, depth + 1))
    return content.length > 0 ? [{ type, attrs, content }] : []
  },
  text: ({ content }) => content.map((line) => plainInline(line.content)).join('\n'),
  segments: ({ content }) => content.flatMap((line) => lineSegments(sign[0], line.content)),
  signs: { [sign[0]]: sign[1] },
})
