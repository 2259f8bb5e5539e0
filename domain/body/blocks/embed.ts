import { isEmbeddable, MAX_TITLE_LENGTH } from '../embed'
import { unwrapLink } from '../link-wrappers'
import { sanitizeText } from '../inline'
import { lineSegments, textSegments } from '../segments'
import { nodeAttributes, type BlockAttributes, type BlockDefinition } from './block'

/** Something on another site: its address, and the title that the newsroom gave it. */
export type Embed = { type: 'embed'; attrs: BlockAttributes & { href: string; title: string } }

export const embed: BlockDefinition<Embed, 'embed'> = {
  name: 'embed',
  nodes: {
    embed: {
      content: [],
      isValid: ({ href, title }) =>
        typeof href === 'string' &&
        isEmbeddable(href) &&
        (title == null || (typeof title === 'string' && title.length <= MAX_TITLE_LENGTH)),
    },
  },
  /** Without a usable address the title becomes a paragraph. */
  parse(node, parser) {
    const { href, title } = nodeAttributes(node)
    const cleanTitle =
      typeof title === 'string'
        ? sanitizeText(title).replace(/\s+/gu, ' ').slice(0, MAX_TITLE_LENGTH).toWellFormed().trim()
        : ''
    const attrs = parser.id(node)
    if (typeof href === 'string' && isEmbeddable(href))
      return [{ type: 'embed', attrs: { ...attrs, href: unwrapLink(href), title: cleanTitle } }]
    if (cleanTitle === '') return []
    return [{ type: 'paragraph', attrs, content: [{ type: 'text', text: cleanTitle, marks: [] }] }]
  },
  text: ({ attrs: { title } }) => (title === '' ? null : title),
  segments: ({ attrs: { href, title } }) => [
    ...lineSegments('embed'),
    ...textSegments(title === '' ? href : `${title} ${href}`),
  ],
  signs: { embed: '↗ ' },
  standsAlone: true,
}
