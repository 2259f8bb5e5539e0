import type { BlockDefinition, NodeSpec } from './blocks/block'
import { correctionNote } from './blocks/correction-note'
import { embed } from './blocks/embed'
import { factBox } from './blocks/fact-box'
import { heading } from './blocks/heading'
import { bulletList, orderedList } from './blocks/list'
import { paragraph } from './blocks/paragraph'
import { paragraphsBlock } from './blocks/paragraphs-block'
import { pullQuote } from './blocks/pull-quote'
import { rule } from './blocks/rule'
import { table } from './blocks/table'
import { joinText, type Segment } from './segments'

/** Every kind of block, by its type. What is not listed here does not exist. */
const registered = {
  paragraph,
  heading,
  blockquote: paragraphsBlock('blockquote', 'quote', ['quote', '› ']),
  bulletList,
  orderedList,
  pullQuote,
  factBox,
  table,
  horizontalRule: rule,
  embed,
  correctionNote,
}

type Registered = typeof registered
type BlockOf<Definition> = Definition extends BlockDefinition<infer B, string> ? B : never

export type Block = { [T in keyof Registered]: BlockOf<Registered[T]> }[keyof Registered]
export type BlockType = Block['type']
/** What a block is called in the newsroom. */
export type BlockName = Registered[keyof Registered]['name']

type Definitions = { [T in BlockType]: BlockDefinition<Extract<Block, { type: T }>, BlockName> }
const definitions: Definitions = registered

export const isBlockType = (type: string): type is BlockType => Object.hasOwn(definitions, type)
export const blockDefinition = (type: BlockType) => definitions[type] as unknown as BlockDefinition<Block, BlockName>
const definitionOf = ({ type }: Block) => blockDefinition(type)

export const blockName = (block: Block): BlockName => definitionOf(block).name
/** One line per line; null where the block has no line in the body's text. */
export const blockText = (block: Block): string | null => definitionOf(block).text(block)
export const blockSegments = (block: Block): Segment[] => joinText(definitionOf(block).segments(block))
export const blockVariant = (block: Block): number => definitionOf(block).variant?.(block) ?? 0
export const standsAlone = (block: Block): boolean => definitionOf(block).standsAlone ?? false

const all = Object.values(definitions)

/** One record without the properties that every object has: the type of a node that arrives may be `constructor`. */
const joined = <Value>(records: (Record<string, Value> | undefined)[]): Record<string, Value | undefined> =>
  Object.assign(Object.create(null) as Record<string, Value>, ...records)

/** The nodes that blocks consist of, by their names. `doc`, `text` and `hardBreak` are the editor's own. */
export const nodeSpecs = joined<NodeSpec>(all.map(({ nodes }) => nodes))

const lineSigns = joined<string>(all.map(({ signs }) => signs))
const inlineSigns = joined<string>(all.map((one) => one.inlineSigns))

/** The text that a sign of a line is shown as in a comparison: that of its name, or its own behind a colon. */
export function signText(sign: string): string {
  const [name = '', own] = partsOfSign(sign)
  return own ?? lineSigns[name] ?? inlineSigns[name] ?? ''
}

/** Does a line with this sign go on in the line before? */
export const isInlineSign = (sign: string): boolean => (partsOfSign(sign)[0] ?? '') in inlineSigns

const partsOfSign = (sign: string) => /^(\w[^:]*):(.*)$/su.exec(sign)?.slice(1) ?? [sign]

export const blockTypes: string[] = Object.keys(definitions)

/** The names of the nodes that a node may contain: none where it contains text. */
export function childTypes(type: string): readonly string[] {
  const content = nodeSpecs[type]?.content ?? []
  return content === 'inline' ? [] : content
}

/** The nodes that have an id for life: blocks, and the parts of some of them. */
export const typesWithId: string[] = Object.keys(nodeSpecs).filter((type) => nodeSpecs[type]?.hasId !== false)

/** Does a node contain text itself? */
export const isTextblock = (type: string): boolean => nodeSpecs[type]?.content === 'inline'
