import type { BlockType } from '@/domain/body/blocks'
import type { EditorBlock } from './blocks/block'
import { boxBlock } from './blocks/box'
import { correctionNote } from './blocks/correction-note'
import { embed } from './blocks/embed'
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
  factBox: boxBlock({
    type: 'factBox',
    element: ['div', 'box'],
    empty: [{ type: 'heading', attrs: { level: 2 } }, { type: 'paragraph' }],
    item: { name: 'Fact box', keywords: 'aside background' },
    removeLabel: 'Remove box',
  }),
  table,
  horizontalRule: rule,
  embed,
  correctionNote,
}

const all = Object.entries(editorBlocks) as [BlockType, EditorBlock][]

export const blockExtensions = all.flatMap(([, { extensions = [] }]) => extensions)
export const textMenuItems = all.flatMap(([type, { textItems = [] }]) => textItems.map((item) => ({ ...item, type })))
export const insertMenuItems = all.flatMap(([type, { insertItems = [] }]) =>
  insertItems.map((item) => ({ ...item, type })),
)
