import { InputRule, textblockTypeInputRule, type AnyExtension, type Node } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { isBlockType, nodeSpecs } from '@/domain/body/blocks'
import { insertBlock, insertNode } from './block-commands'
import { contentExpression, toggleTool, type BlockMenuItem, type EditorBlock } from './block'

export const heading: EditorBlock = {
  // `##` and `###` are Tiptap's. A story has one headline, so `#` is a subheading too.
  extendStarterKit: (node) =>
    node.extend({
      addInputRules() {
        const singleHash = textblockTypeInputRule({ find: /^#\s$/u, type: this.type, getAttributes: { level: 2 } })
        return [singleHash, ...(this.parent?.() ?? [])]
      },
    }),
  textItems: [subheading('Subheading', 2), subheading('Smaller subheading', 3)],
}

function subheading(name: string, level: 2 | 3): BlockMenuItem {
  const tool = toggleTool(name, (chain) => chain.toggleHeading({ level }), 'heading', { level })
  return { ...tool, keywords: 'heading title' }
}

export const quote: EditorBlock = {
  textItems: [{ ...toggleTool('Quote', (chain) => chain.toggleBlockquote(), 'blockquote'), keywords: 'citation' }],
}

export const bulletList: EditorBlock = {
  textItems: [
    { ...toggleTool('Bulleted list', (chain) => chain.toggleBulletList(), 'bulletList'), keywords: 'points' },
  ],
}

export const orderedList: EditorBlock = {
  textItems: [
    { ...toggleTool('Numbered list', (chain) => chain.toggleOrderedList(), 'orderedList'), keywords: 'ordered' },
  ],
}

const emptyRule = { type: 'horizontalRule' }

export const rule: EditorBlock = {
  // Three hyphens insert a rule at the top level only: Tiptap's own input rule would split a table.
  extendStarterKit: (node) =>
    node.extend({
      addInputRules: () => [
        new InputRule({
          find: /^(?:---|—-)$/u,
          handler: ({ state, range }) => {
            if (state.selection.$from.depth !== 1) return null
            insertNode(state.tr.delete(range.from, range.to), state.schema.nodeFromJSON(emptyRule))
          },
        }),
      ],
    }),
  insertItems: [{ name: 'Rule', keywords: 'line divider', run: (editor) => insertBlock(editor, emptyRule) }],
}

/** StarterKit with the content that the domain allows, and with the input rules of the blocks. */
export const starterKitWith = (blocks: Record<string, EditorBlock>) =>
  StarterKit.extend({
    addExtensions() {
      const extensions: AnyExtension[] = this.parent?.() ?? []
      return extensions.map((extension) => {
        if (!(extension.name in nodeSpecs)) return extension
        const content = contentExpression(extension.name)
        const node = (content === undefined ? extension : extension.extend({ content })) as Node
        return (isBlockType(node.name) && blocks[node.name]?.extendStarterKit?.(node)) || node
      })
    },
  })
