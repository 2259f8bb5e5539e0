import type { BlockType } from '@/domain/body/blocks'
import type { EditorBlock } from './blocks/block'
import { correctionNote } from './blocks/correction-note'
import { embed } from './blocks/embed'
import { factBox } from './blocks/fact-box'
import { pullQuote } from './blocks/pull-quote'
import { bulletList, heading, orderedList, quote, rule } from './blocks/starter-kit'
import { table } from './blocks/table'

/** How the editor treats every kind of block. The menus follow this order. */
export const editorBlocks: Record<BlockType, EditorBlock> = {
  paragraph: {},
  heading,
  blockquote: quote,
  bulletList,
  orderedList,
  pullQuote,
  factBox,
  table,
  horizontalRule: rule,
  embed,
  correctionNote,
}

const all = Object.values(editorBlocks)

export const blockExtensions = all.flatMap(({ extensions = [] }) => extensions)
export const textMenuItems = all.flatMap(({ textItems = [] }) => textItems)
export const insertMenuItems = all.flatMap(({ insertItems = [] }) => insertItems)
