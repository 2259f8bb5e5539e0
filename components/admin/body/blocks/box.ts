import { mergeAttributes, Node, type JSONContent } from '@tiptap/core'
import type { BlockType } from '@/domain/body/blocks'
import { insertBlock } from './block-commands'
import { CONTAINER, contentExpression, type BlockMenuItem, type EditorBlock } from './block'

type Box = {
  type: BlockType
  /** The element that shows it, with its class. */
  element: [tag: string, className: string]
  /** What a new box contains. */
  empty: JSONContent[]
  item: Pick<BlockMenuItem, 'name' | 'keywords'>
  removeLabel: string
}

/** A block that holds other blocks and needs neither commands nor a dialog of its own. */
export function boxBlock({ type, element: [tag, className], empty, item, removeLabel }: Box): EditorBlock {
  const node = Node.create({
    name: type,
    group: CONTAINER,
    content: contentExpression(type),
    defining: true,
    parseHTML: () => [{ tag: `${tag}.${className}` }],
    renderHTML: ({ HTMLAttributes }) => [tag, mergeAttributes(HTMLAttributes, { class: className }), 0],
  })
  const run: BlockMenuItem['run'] = (editor) => insertBlock(editor, { type, content: empty })
  return { extensions: [node], insertItems: [{ ...item, run }], removeLabel }
}
