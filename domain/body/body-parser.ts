import { blockDefinition, isBlockType, isTextblock, standsAlone, type Block } from './blocks'
import {
  childNodes,
  markNodes,
  nodeAttributes,
  type BlockAttributes,
  type LooseNode,
  type NodeParser,
  type Paragraph,
} from './blocks/block'
import { isBlockId, plainText, type Body } from './body'
import { isBlankText, isPlainMark, isSafeLink, sanitizeText, type Inline, type Mark } from './inline'
import { unwrapLink } from './link-wrappers'

export const bodyLimits = { depth: 20, nodes: 20_000, characters: 1_000_000 } as const

/** The message is a sentence for the editor about the limit that was exceeded. */
export class BodyLimitExceeded extends Error {}

/**
 * Reads anything into a Body. Unknown nodes and marks are dropped and their known children kept; blocks without an id get one from `newId`.
 * @param document from the editor or the database: never trusted
 * @returns null when there is neither text nor an embed: a story without a body is a headline
 * @throws BodyLimitExceeded when a limit of `bodyLimits` is passed (depth 20, 20,000 nodes, 1,000,000 characters)
 */
export function parseBody(document: unknown, newId: () => string = () => crypto.randomUUID()): Body | null {
  const content = new BodyParser(newId).blocks(childNodes(document), 1)
  const body: Body = { type: 'doc', content }
  return content.some(standsAlone) || !isBlankText(plainText(body)) ? body : null
}

/** A body of plain paragraphs, for wire copy and the seed. */
export function bodyFromParagraphs(paragraphs: string[], newId: () => string = () => crypto.randomUUID()): Body | null {
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  return parseBody({ type: 'doc', content }, newId)
}

class BodyParser implements NodeParser {
  private nodeCount = 0
  private characterCount = 0
  private readonly seenIds = new Set<string>()
  private readonly seenKeys = new Set<string>()
  constructor(private readonly newId: () => string) {}

  blocks(children: LooseNode[], depth: number): Block[] {
    return children.flatMap((child) => this.block(child, depth))
  }

  private block(node: LooseNode, depth: number): Block[] {
    this.checkLimits(depth)
    if (isBlockType(node.type)) return blockDefinition(node.type).parse(node, this, depth)
    return isTextblock(node.type) ? [this.paragraph(node, depth)] : this.blocks(childNodes(node), depth + 1)
  }

  paragraph(node: LooseNode, depth: number): Paragraph {
    return { type: 'paragraph', attrs: this.id(node), content: this.inline(node, depth) }
  }

  paragraphs(node: LooseNode, depth: number): Paragraph[] {
    return this.within<Paragraph>(node, depth, () => null)
  }

  within<T>(node: LooseNode, depth: number, known: (node: LooseNode, depth: number) => T[] | null): (T | Paragraph)[] {
    this.checkLimits(depth)
    const parsed = known(node, depth)
    if (parsed !== null) return parsed
    if (isTextblock(node.type)) return [this.paragraph(node, depth)]
    return childNodes(node).flatMap((child) => this.within(child, depth + 1, known))
  }

  inline(node: LooseNode, depth: number): Inline[] {
    return childNodes(node).flatMap((child): Inline[] => {
      this.checkLimits(depth + 1)
      if (child.type === 'hardBreak') return [{ type: 'hardBreak' }]
      if (child.type !== 'text') return this.inline(child, depth + 1)
      const text = typeof child.text === 'string' ? sanitizeText(child.text) : ''
      this.characterCount += text.length
      if (this.characterCount > bodyLimits.characters)
        throw new BodyLimitExceeded('The body is longer than 1,000,000 characters.')
      return textAndBreaks(text, parseMarks(child))
    })
  }

  checkLimits(depth: number) {
    this.nodeCount += 1
    if (depth > bodyLimits.depth) throw new BodyLimitExceeded('The body is nested more than 20 levels deep.')
    if (this.nodeCount > bodyLimits.nodes) throw new BodyLimitExceeded('The body has more than 20,000 parts.')
  }

  id(node: LooseNode): BlockAttributes {
    const { id } = nodeAttributes(node)
    const unique = typeof id === 'string' && isBlockId(id) && !this.seenIds.has(id) ? id : this.newId()
    this.seenIds.add(unique)
    return { id: unique }
  }

  isFirst(key: string): boolean {
    if (this.seenKeys.has(key)) return false
    this.seenKeys.add(key)
    return true
  }
}

/** A line feed in a text is seen as a line break in the editor, and only there: a page would show a space. */
const textAndBreaks = (text: string, marks: Mark[]): Inline[] =>
  text
    .split('\n')
    .flatMap((line, at): Inline[] => [
      ...(at > 0 ? [{ type: 'hardBreak' } as const] : []),
      ...(line === '' ? [] : [{ type: 'text' as const, text: line, marks }]),
    ])

/** Text that two people raised and lowered at once is raised. */
const parseMarks = (node: LooseNode): Mark[] =>
  markNodes(node).flatMap((mark, _index, all): Mark[] => {
    if (mark.type === 'subscript' && all.some(({ type }) => type === 'superscript')) return []
    if (isPlainMark(mark.type)) return [{ type: mark.type }]
    const { href } = nodeAttributes(mark)
    const isLink = mark.type === 'link' && typeof href === 'string' && isSafeLink(href)
    return isLink ? [{ type: 'link', attrs: { href: unwrapLink(href) } }] : []
  })
