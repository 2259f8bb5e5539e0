/**
 * The body of a story: typed blocks in the shape that the editor (ProseMirror) writes, so nothing is converted on the way.
 * Every block carries an id for life in `attrs.id`; whatever is not listed here does not exist.
 */
export type Body = { type: 'doc'; content: Block[] }

export type Block = Paragraph | Subheading | Quote | List
export type Paragraph = { type: 'paragraph'; attrs: BlockAttributes; content: Inline[] }
export type Subheading = { type: 'heading'; attrs: BlockAttributes & { level: 2 | 3 }; content: Inline[] }
export type Quote = { type: 'blockquote'; attrs: BlockAttributes; content: Paragraph[] }
export type List = { type: 'bulletList' | 'orderedList'; attrs: BlockAttributes; content: ListItem[] }
export type ListItem = { type: 'listItem'; content: (Paragraph | List)[] }
/** What a block is called in the newsroom. */
export type BlockName = 'paragraph' | 'subheading' | 'quote' | 'list'
export type Inline = { type: 'text'; text: string; marks: Mark[] } | { type: 'hardBreak' }
export type Mark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; attrs: { href: string } }
type BlockAttributes = { id: string }

export const bodyLimits = { depth: 20, nodes: 20_000, characters: 1_000_000 } as const

/** Why a document is not a body, in words for the editor. */
export class UnreadableBody extends Error {}

/**
 * Reads anything into a Body. Unknown nodes and marks are dropped, their known children kept; blocks without an id get one from `newId`.
 * @param document what the editor sent or the database holds: an object, never trusted
 * @returns the body, or null when there is nothing to read (no block with text): a story without a body is a headline
 * @throws UnreadableBody when a limit of `bodyLimits` is passed (depth 20, 20,000 nodes, 1,000,000 characters)
 */
export function readBody(document: unknown, newId: () => string = () => crypto.randomUUID()): Body | null {
  const reader = new BodyReader(newId)
  const content = reader.blocks(childrenOf(document), 1)
  const body: Body = { type: 'doc', content }
  return plainText(body).trim() === '' ? null : body
}

/** A body of plain paragraphs, as wire copy and the seed bring it. */
export function bodyOfParagraphs(paragraphs: string[], newId: () => string = () => crypto.randomUUID()): Body | null {
  const content = paragraphs.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] }))
  return readBody({ type: 'doc', content }, newId)
}

/** The words of a body, one line per block: for search, word counts and feeds. */
export function plainText(body: Body): string {
  return body.content.map(textOfNode).join('\n')
}

export function wordCount(body: Body): number {
  return plainText(body)
    .split(/\s+/u)
    .filter((word) => word !== '').length
}

export function blockName(block: Block): BlockName {
  switch (block.type) {
    case 'paragraph':
      return 'paragraph'
    case 'heading':
      return 'subheading'
    case 'blockquote':
      return 'quote'
    case 'bulletList':
    case 'orderedList':
      return 'list'
  }
}

/** The addresses a link may have. Anything else (javascript:, data:, //host) is text, not a link. */
export function isSafeLink(href: string): boolean {
  if (/[\u0000-\u0020\u007f]/u.test(href)) return false
  if (/^(?:\/(?![/\\])|#)/u.test(href)) return true
  return /^(?:https?:\/\/[^/]|mailto:.|tel:.)/iu.test(href) && URL.canParse(href)
}

/** Anything that says what it is. Read by hand and not by a library, because every writer's browser loads this. */
type LooseNode = { type: string; [name: string]: unknown }

const isLooseNode = (part: unknown): part is LooseNode =>
  typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string'

class BodyReader {
  private nodes = 0
  private characters = 0
  private readonly seen = new Set<string>()
  constructor(private readonly newId: () => string) {}

  blocks(children: LooseNode[], depth: number): Block[] {
    return children.flatMap((child) => this.block(child, depth))
  }

  private block(node: LooseNode, depth: number): Block[] {
    this.count(depth)
    switch (node.type) {
      case 'paragraph':
        return [this.paragraph(node, depth)]
      case 'heading':
        return [
          {
            type: 'heading',
            attrs: { ...this.id(node), level: attributesOf(node).level === 3 ? 3 : 2 },
            content: this.inline(node, depth),
          },
        ]
      case 'blockquote': {
        const content = childrenOf(node).flatMap((child) => this.paragraphs(child, depth + 1))
        return content.length > 0 ? [{ type: 'blockquote', attrs: this.id(node), content }] : []
      }
      case 'bulletList':
      case 'orderedList':
        return this.list(node, node.type, depth)
      default:
        return this.blocks(childrenOf(node), depth + 1)
    }
  }

  private paragraph(node: LooseNode, depth: number): Paragraph {
    return { type: 'paragraph', attrs: this.id(node), content: this.inline(node, depth) }
  }

  private paragraphs(node: LooseNode, depth: number): Paragraph[] {
    this.count(depth)
    if (node.type === 'paragraph' || node.type === 'heading') return [this.paragraph(node, depth)]
    return childrenOf(node).flatMap((child) => this.paragraphs(child, depth + 1))
  }

  private list(node: LooseNode, type: List['type'], depth: number): List[] {
    const content = childrenOf(node).flatMap((child): ListItem[] => {
      this.count(depth + 1)
      const inside = childrenOf(child).flatMap((part): (Paragraph | List)[] => {
        if (part.type === 'bulletList' || part.type === 'orderedList') {
          this.count(depth + 2)
          return this.list(part, part.type, depth + 2)
        }
        return this.paragraphs(part, depth + 2)
      })
      return inside.length > 0 ? [{ type: 'listItem', content: inside }] : []
    })
    return content.length > 0 ? [{ type, attrs: this.id(node), content }] : []
  }

  private inline(node: LooseNode, depth: number): Inline[] {
    return childrenOf(node).flatMap((child): Inline[] => {
      this.count(depth + 1)
      if (child.type === 'hardBreak') return [{ type: 'hardBreak' }]
      if (child.type !== 'text') return this.inline(child, depth + 1)
      const text = typeof child.text === 'string' ? readableText(child.text) : ''
      this.characters += text.length
      if (this.characters > bodyLimits.characters)
        throw new UnreadableBody('The body is longer than 1,000,000 characters.')
      return text === '' ? [] : [{ type: 'text', text, marks: marksOf(child) }]
    })
  }

  private count(depth: number) {
    this.nodes += 1
    if (depth > bodyLimits.depth) throw new UnreadableBody('The body is nested more than 20 levels deep.')
    if (this.nodes > bodyLimits.nodes) throw new UnreadableBody('The body has more than 20,000 parts.')
  }

  private id(node: LooseNode): BlockAttributes {
    const { id } = attributesOf(node)
    const kept = typeof id === 'string' && isBlockId(id) && !this.seen.has(id) ? id : this.newId()
    this.seen.add(kept)
    return { id: kept }
  }
}

export const isBlockId = (id: string) => /^[\w-]{1,64}$/u.test(id)

/** Text as XML, JSON and Postgres can all hold it: no U+0000, no control characters but tab and line feed, no lone surrogates. */
export function readableText(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/gu, '')
}

function childrenOf(node: unknown): LooseNode[] {
  if (typeof node !== 'object' || node === null || !('content' in node) || !Array.isArray(node.content)) return []
  return node.content.filter(isLooseNode)
}

function attributesOf(node: LooseNode): Record<string, unknown> {
  return typeof node.attrs === 'object' && node.attrs !== null ? { ...node.attrs } : {}
}

function marksOf(node: LooseNode): Mark[] {
  if (!Array.isArray(node.marks)) return []
  return node.marks.flatMap((mark: unknown): Mark[] => {
    if (!isLooseNode(mark)) return []
    if (mark.type === 'bold' || mark.type === 'italic') return [{ type: mark.type }]
    const { href } = attributesOf(mark)
    return mark.type === 'link' && typeof href === 'string' && isSafeLink(href)
      ? [{ type: 'link', attrs: { href } }]
      : []
  })
}

function textOfNode(node: Block | ListItem | Inline): string {
  if (node.type === 'text') return node.text
  if (node.type === 'hardBreak') return '\n'
  const lineByLine =
    node.type === 'blockquote' || node.type === 'bulletList' || node.type === 'orderedList' || node.type === 'listItem'
  return (node.content as (Block | ListItem | Inline)[]).map(textOfNode).join(lineByLine ? '\n' : '')
}
