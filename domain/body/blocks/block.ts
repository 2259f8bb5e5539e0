import type { Inline } from '../inline'
import type { Segment } from '../segments'
import type { Attributes } from './attributes'

/** `id` stays with a block for life. */
export type BlockAttributes = { id: string }

/** The block that every other can be reduced to. */
export type Paragraph = { type: 'paragraph'; attrs: BlockAttributes; content: Inline[] }

type AnyBlock = { type: string; attrs: BlockAttributes }

/** The domain's definition of a kind of block. Registered in `domain/body/blocks.ts`. */
export type BlockDefinition<B extends AnyBlock, Name extends string> = {
  /** The newsroom's term. */
  name: Name
  /** The block's node and the nodes of its own inside it, as the editor and the shared document have them. */
  nodes: Record<string, NodeSpec>
  /** Reads stored or submitted JSON. An empty list drops the block. */
  parse(node: LooseNode, parser: NodeParser, depth: number): (B | Paragraph)[]
  /** Its text, one line per line; null where it has none and no line in the body's text. */
  text(block: B): string | null
  /** Its content for comparison, without the id. */
  segments(block: B): Segment[]
  /** Distinguishes forms of one type with the same segments. */
  variant?(block: B): number
  /** The signs that its lines start with in a comparison, each with the text it is shown as. */
  signs?: Record<string, string>
  /** Signs inside a line. */
  inlineSigns?: Record<string, string>
  /** A body of nothing but such blocks is a body. */
  standsAlone?: true
}

/** What a node may contain: a line of text (`inline`), or nodes of these names. */
export type NodeSpec = {
  content: 'inline' | readonly string[]
  /** False: the node has no id for life. */
  hasId?: false
  /** What it has beside the id, and what the editor, the shared document and readers get of it. */
  attributes?: Attributes
  /** Whether attributes from a client may be stored. Without it, any plain values. */
  isValid?(attributes: Record<string, unknown>): boolean
}

/** Any object with a type. Read by hand, without a library, because the editor loads this in every browser. */
export type LooseNode = { type: string; [name: string]: unknown }

/** What reading a block needs from the reading of the whole body: limits, unique ids, lines of text. */
export type NodeParser = {
  /** @throws BodyLimitExceeded */
  checkLimits(depth: number): void
  /** The node's id, or a new one where it is missing, malformed or taken. */
  id(node: LooseNode): BlockAttributes
  inline(node: LooseNode, depth: number): Inline[]
  paragraph(node: LooseNode, depth: number): Paragraph
  /** Every line of text inside, as paragraphs. */
  paragraphs(node: LooseNode, depth: number): Paragraph[]
  /** As `paragraphs`, but what `known` returns is taken as it is. */
  within<T>(node: LooseNode, depth: number, known: (node: LooseNode, depth: number) => T[] | null): (T | Paragraph)[]
  /** False when the body had this key before. */
  isFirst(key: string): boolean
}

const isLooseNode = (part: unknown): part is LooseNode =>
  typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string'

export function childNodes(node: unknown): LooseNode[] {
  if (typeof node !== 'object' || node === null || !('content' in node) || !Array.isArray(node.content)) return []
  return node.content.filter(isLooseNode)
}

export function nodeAttributes(node: LooseNode): Record<string, unknown> {
  return typeof node.attrs === 'object' && node.attrs !== null ? { ...node.attrs } : {}
}

/** The nodes among a node's marks. */
export const markNodes = ({ marks }: LooseNode): LooseNode[] => (Array.isArray(marks) ? marks.filter(isLooseNode) : [])
