import { mergeAttributes, Node } from '@tiptap/core'
import { insertBlock } from '../block-commands'
import { CONTAINER, contentExpression, type EditorBlock } from './block'

const FactBox = Node.create({
  name: 'factBox',
  group: CONTAINER,
  content: contentExpression('factBox'),
  defining: true,
  parseHTML: () => [{ tag: 'div.box' }],
  renderHTML: ({ HTMLAttributes }) => ['div', mergeAttributes(HTMLAttributes, { class: 'box' }), 0],
})

const emptyFactBox = { type: 'factBox', content: [{ type: 'heading', attrs: { level: 2 } }, { type: 'paragraph' }] }

export const factBox: EditorBlock = {
  extensions: [FactBox],
  insertItems: [{ name: 'Fact box', keywords: 'aside background', run: (editor) => insertBlock(editor, emptyFactBox) }],
  removeLabel: 'Remove box',
}
