import {
  bodyLimits,
  isBlockId,
  isCorrectionId,
  isTextblock,
  isSafeLink,
  plainText,
  sanitizeText,
  BodyLimitExceeded,
  type Block,
  type BlockAttributes,
  type Body,
  type FactBox,
  type Inline,
  type List,
  type ListItem,
  type Mark,
  type Paragraph,
  type Subheading,
  type TableRow,
} from './body'
import { isEmbeddable, MAX_TITLE_LENGTH } from './embed'

/**
 * Reads anything into a Body. Unknown nodes and marks are dropped, their known children kept; blocks without an id get one from `newId`.
 * @param document what the editor sent or the database holds: an object, never trusted
 * @returns the body, or null when there is nothing to read (no block with text, no embed): a story without a body is a headline
 * @throws UnreadableBody when a limit of `bodyLimits` is passed (depth 20, 20,000 nodes, 1,000,000 characters)
 */
export function parseBody(document: unknown, newId: () => string = () => crypto.randomUUID()): Body | null {
  const reader = new BodyParser(newId)
  const content = reader.blocks(childNodes(document), 1)
  const body: Body = { type: 'doc', content }
  return content.some(({ type }) => type === 'embed') || plainText(body).trim() !== '' ? body : null
}

/** A body of plain paragraphs, as wire copy and the seed bring it. */
export function bodyFromParagraphs(paragraphs: string[], newId: () => string = () => crypto.randomUUID()): Body | null {
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  return parseBody({ type: 'doc', content }, newId)
}

/** Anything that says what it is. Read by hand and not by a library, because every writer's browser loads this. */
type LooseNode = { type: string; [name: string]: unknown }

const isLooseNode = (part: unknown): part is LooseNode =>
  typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string'

class BodyParser {
  private nodeCount = 0
  private characterCount = 0
  private readonly seenIds = new Set<string>()
  private readonly seenCorrectionIds = new Set<number>()
  constructor(private readonly newId: () => string) {}

  blocks(children: LooseNode[], depth: number): Block[] {
    return children.flatMap((child) => this.block(child, depth))
  }

  private block(node: LooseNode, depth: number): Block[] {
    this.checkLimits(depth)
    switch (node.type) {
      case 'heading':
        return [this.subheading(node, depth)]
      case 'blockquote': {
        const attrs = this.id(node)
        const content = childNodes(node).flatMap((child) => this.paragraphs(child, depth + 1))
        return content.length > 0 ? [{ type: 'blockquote', attrs, content }] : []
      }
      case 'bulletList':
      case 'orderedList':
        return this.list(node, node.type, depth)
      case 'pullQuote':
        return this.pullQuote(node, depth)
      case 'horizontalRule':
        return [{ type: 'horizontalRule', attrs: this.id(node) }]
      case 'factBox': {
        const attrs = this.id(node)
        const content = childNodes(node).flatMap((child) => this.factBoxContent(child, depth + 1))
        return content.length > 0 ? [{ type: 'factBox', attrs, content }] : []
      }
      case 'table':
        return this.table(node, depth)
      case 'embed':
        return this.embed(node)
      case 'correctionNote':
        return this.correctionNote(node)
      default:
        return isTextblock(node.type) ? [this.paragraph(node, depth)] : this.blocks(childNodes(node), depth + 1)
    }
  }

  private paragraph(node: LooseNode, depth: number): Paragraph {
    return { type: 'paragraph', attrs: this.id(node), content: this.inline(node, depth) }
  }

  private subheading(node: LooseNode, depth: number): Subheading {
    const level = nodeAttributes(node).level === 3 ? 3 : 2
    return { type: 'heading', attrs: { ...this.id(node), level }, content: this.inline(node, depth) }
  }

  private paragraphs(node: LooseNode, depth: number): Paragraph[] {
    this.checkLimits(depth)
    if (isTextblock(node.type)) return [this.paragraph(node, depth)]
    return childNodes(node).flatMap((child) => this.paragraphs(child, depth + 1))
  }

  private list(node: LooseNode, type: List['type'], depth: number): List[] {
    const attrs = this.id(node)
    const content = childNodes(node).flatMap((child): ListItem[] => {
      this.checkLimits(depth + 1)
      const itemContent = childNodes(child).flatMap((part): (Paragraph | List)[] => {
        if (part.type === 'bulletList' || part.type === 'orderedList') {
          this.checkLimits(depth + 2)
          return this.list(part, part.type, depth + 2)
        }
        return this.paragraphs(part, depth + 2)
      })
      return itemContent.length > 0 ? [{ type: 'listItem', content: itemContent }] : []
    })
    return content.length > 0 ? [{ type, attrs, content }] : []
  }

  /** Whose words they are is said once, below them: of two that were written at once, the first becomes words. */
  private pullQuote(node: LooseNode, depth: number): Block[] {
    const attrs = this.id(node)
    const children = childNodes(node)
    const last = children.findLast(({ type }) => type === 'attribution')
    const words = children.flatMap((child) => (child === last ? [] : this.paragraphs(child, depth + 1)))
    if (last) this.checkLimits(depth + 1)
    if (!last) return words.length > 0 ? [{ type: 'pullQuote', attrs, content: words }] : []
    const { attrs: id, content } = this.paragraph(last, depth + 1)
    if (words.length === 0) return [{ type: 'pullQuote', attrs, content: [{ type: 'paragraph', attrs: id, content }] }]
    return [{ type: 'pullQuote', attrs, content: [...words, { type: 'attribution', attrs: id, content }] }]
  }

  private factBoxContent(node: LooseNode, depth: number): FactBox['content'] {
    this.checkLimits(depth)
    if (node.type === 'heading') return [this.subheading(node, depth)]
    if (node.type === 'bulletList' || node.type === 'orderedList') return this.list(node, node.type, depth)
    if (isTextblock(node.type)) return [this.paragraph(node, depth)]
    return childNodes(node).flatMap((child) => this.factBoxContent(child, depth + 1))
  }

  /** What is neither a row nor a caption stands behind the table as paragraphs; so does what is left of one without rows. */
  private table(node: LooseNode, depth: number): Block[] {
    const attrs = this.id(node)
    const captions: Paragraph[] = []
    const rows: TableRow[] = []
    const leftovers: Paragraph[] = []
    for (const child of childNodes(node)) {
      this.checkLimits(depth + 1)
      if (child.type === 'tableCaption') captions.push(this.paragraph(child, depth + 1))
      else if (child.type === 'tableRow') rows.push(...this.row(child, depth + 1))
      else leftovers.push(...this.paragraphs(child, depth + 1))
    }
    if (rows.length === 0) return [...captions, ...leftovers].filter(({ content }) => content.length > 0)
    const [first, ...more] = captions
    const content: Inline[] = [first, ...more].flatMap((caption, place) =>
      caption ? [...(place > 0 ? [{ type: 'hardBreak' as const }] : []), ...caption.content] : [],
    )
    const caption = first ? [{ type: 'tableCaption' as const, attrs: first.attrs, content }] : []
    return [{ type: 'table', attrs, content: [...caption, ...rows] }, ...leftovers]
  }

  private row(node: LooseNode, depth: number): TableRow[] {
    const attrs = this.id(node)
    const cells = childNodes(node).flatMap((child) => this.paragraphs(child, depth + 1))
    const content = cells.map(({ attrs, content }) => ({ type: 'tableCell' as const, attrs, content }))
    return content.length > 0 ? [{ type: 'tableRow', attrs, content }] : []
  }

  /** An address that cannot be shown is words. */
  private embed(node: LooseNode): Block[] {
    const { href, title } = nodeAttributes(node)
    const cleanTitle =
      typeof title === 'string'
        ? sanitizeText(title).replace(/\s+/gu, ' ').slice(0, MAX_TITLE_LENGTH).toWellFormed().trim()
        : ''
    const attrs = this.id(node)
    if (typeof href === 'string' && isEmbeddable(href))
      return [{ type: 'embed', attrs: { ...attrs, href, title: cleanTitle } }]
    return cleanTitle === ''
      ? []
      : [{ type: 'paragraph', attrs, content: [{ type: 'text', text: cleanTitle, marks: [] }] }]
  }

  /** A note stands in one place: of two that were placed at once, the first. */
  private correctionNote(node: LooseNode): Block[] {
    const { correctionId } = nodeAttributes(node)
    if (!isCorrectionId(correctionId) || this.seenCorrectionIds.has(correctionId)) return []
    this.seenCorrectionIds.add(correctionId)
    return [{ type: 'correctionNote', attrs: { ...this.id(node), correctionId } }]
  }

  private inline(node: LooseNode, depth: number): Inline[] {
    return childNodes(node).flatMap((child): Inline[] => {
      this.checkLimits(depth + 1)
      if (child.type === 'hardBreak') return [{ type: 'hardBreak' }]
      if (child.type !== 'text') return this.inline(child, depth + 1)
      const text = typeof child.text === 'string' ? sanitizeText(child.text) : ''
      this.characterCount += text.length
      if (this.characterCount > bodyLimits.characters)
        throw new BodyLimitExceeded('The body is longer than 1,000,000 characters.')
      return text === '' ? [] : [{ type: 'text', text, marks: parseMarks(child) }]
    })
  }

  private checkLimits(depth: number) {
    this.nodeCount += 1
    if (depth > bodyLimits.depth) throw new BodyLimitExceeded('The body is nested more than 20 levels deep.')
    if (this.nodeCount > bodyLimits.nodes) throw new BodyLimitExceeded('The body has more than 20,000 parts.')
  }

  private id(node: LooseNode): BlockAttributes {
    const { id } = nodeAttributes(node)
    const kept = typeof id === 'string' && isBlockId(id) && !this.seenIds.has(id) ? id : this.newId()
    this.seenIds.add(kept)
    return { id: kept }
  }
}

function childNodes(node: unknown): LooseNode[] {
  if (typeof node !== 'object' || node === null || !('content' in node) || !Array.isArray(node.content)) return []
  return node.content.filter(isLooseNode)
}

function nodeAttributes(node: LooseNode): Record<string, unknown> {
  return typeof node.attrs === 'object' && node.attrs !== null ? { ...node.attrs } : {}
}

function parseMarks(node: LooseNode): Mark[] {
  if (!Array.isArray(node.marks)) return []
  return node.marks.flatMap((mark: unknown): Mark[] => {
    if (!isLooseNode(mark)) return []
    if (mark.type === 'bold' || mark.type === 'italic') return [{ type: mark.type }]
    const { href } = nodeAttributes(mark)
    return mark.type === 'link' && typeof href === 'string' && isSafeLink(href)
      ? [{ type: 'link', attrs: { href } }]
      : []
  })
}
