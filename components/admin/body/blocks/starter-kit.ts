import type { AnyExtension, Node, NodeConfig } from '@tiptap/core'
import StarterKit from '@tiptap/starter-kit'
import { isBlockType, nodeSpecs } from '@/domain/body/blocks'
import { insertBlock } from './block-commands'
import { editorAttributes } from './attributes'
import { contentExpression, toggleTool, type BlockMenuItem, type EditorBlock } from './block'

export const heading: EditorBlock = {
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
  insertItems: [{ name: 'Rule', keywords: 'line divider', run: (editor) => insertBlock(editor, emptyRule) }],
}

/**
 * Changes while typing are `AutomaticChanges`, links from pasted addresses `PastedLinks`: Tiptap's rules read sentences as markup, and cannot be
 * undone apart from what was typed. Its ordered list reads pasted plain text as a list.
 */
const withoutRules = { addInputRules: () => [], addPasteRules: () => [] }
const withoutRulesOf = (extension: AnyExtension): AnyExtension =>
  extension.name === 'orderedList'
    ? extension.extend({ ...withoutRules, addProseMirrorPlugins: () => [] })
    : extension.extend(withoutRules)

/** StarterKit with the content that the domain allows, and without rules for what is typed or pasted. */
export const starterKitWith = (blocks: Record<string, EditorBlock>) =>
  StarterKit.extend({
    addExtensions() {
      const extensions: AnyExtension[] = this.parent?.() ?? []
      return extensions.map(withoutRulesOf).map((extension) => {
        if (!(extension.name in nodeSpecs)) return extension
        const content = contentExpression(extension.name)
        const attributes = editorAttributes(extension.name)
        const overrides: Partial<NodeConfig> = {
          ...(content !== undefined && { content }),
          ...(Object.keys(attributes).length > 0 && { addAttributes: () => attributes }),
        }
        const node = (extension as Node).extend(overrides)
        return (isBlockType(node.name) && blocks[node.name]?.extendStarterKit?.(node)) || node
      })
    },
  })
