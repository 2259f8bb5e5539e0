import { blockText, isTextblock, type Block } from './blocks'
import type { BlockAttributes } from './blocks/block'
import { inlineText, type Inline } from './inline'

/** The body of a story: typed blocks in the shape that the editor (ProseMirror) writes, so that no conversion is needed. */
export type Body = { type: 'doc'; content: Block[] }

/** A node that contains text itself: a block, or a part of one. */
type Textblock = { type: string; attrs: BlockAttributes; content: Inline[] }

/** The text of a body, one line per line: for search, word counts and feeds. */
export function plainText(body: Body): string {
  return body.content.flatMap((block) => blockText(block) ?? []).join('\n')
}

/** Every textblock of a body in order, at any depth. */
export const textblocksOf = (body: Body): Textblock[] => body.content.flatMap(textblocksIn)

function textblocksIn(node: { type: string; content?: object[] }): Textblock[] {
  if (isTextblock(node.type)) return [node as Textblock]
  return (node.content ?? []).flatMap((child) => textblocksIn(child as Textblock))
}

/** Every text of a body: first of its textblocks, then of the blocks that hold text in attributes. */
export function textsOf(body: Body | null): string[] {
  if (body === null) return []
  const others = body.content.filter((block) => textblocksIn(block).length === 0)
  return [
    ...textblocksOf(body).map(({ content }) => inlineText(content)),
    ...others.flatMap((one) => blockText(one) ?? []),
  ]
}

/** The ids of the corrections that have a note in a body. */
export function correctionIdsIn(body: Body | null): number[] {
  return (body?.content ?? []).flatMap((block) => (block.type === 'correctionNote' ? [block.attrs.correctionId] : []))
}

export const countWords = (text: string): number => text.match(/\S+/gu)?.length ?? 0

const WORDS_PER_MINUTE = 230

/** @returns whole minutes, at least one */
export const readingMinutes = (words: number): number => Math.max(1, Math.round(words / WORDS_PER_MINUTE))

export const isBlockId = (id: string) => /^[\w-]{1,64}$/u.test(id)
