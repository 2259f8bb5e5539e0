import type { AnyExtension, ChainedCommands, Editor, Node } from '@tiptap/core'
import type { ComponentType } from 'react'
import { nodeSpecs, type BlockType } from '@/domain/body/blocks'

/** The editor's definition of a kind of block. Registered in `components/admin/body/blocks.ts`. */
export type EditorBlock = {
  /** Its nodes and the extensions for its keys. */
  extensions?: AnyExtension[]
  /** Changes the node that StarterKit has for it. */
  extendStarterKit?: (node: Node) => AnyExtension
  /** What the selected lines can be turned into. */
  textItems?: BlockMenuItem[]
  /** What can be inserted between other blocks. */
  insertItems?: BlockMenuItem[]
  /** The tools that replace the insert menu while the caret is in the block. */
  tools?: { label: string; items: Tool[] }
  /** The label of a button that removes the block, beside the insert menu. */
  removeLabel?: string
  /** Opened by `openDialog`: the input that the block needs. */
  Dialog?: ComponentType<{ editor: Editor; close: () => void }>
}

export type Tool = {
  name: string
  isActive?: (editor: Editor) => boolean
  run: (editor: Editor, openDialog: (type: BlockType) => void) => void
}

/** An entry of the toolbar and of the menu that a slash opens. */
export type BlockMenuItem = Tool & {
  /** Other names that the slash menu finds it by. */
  keywords: string
  /** Offered only for a story that has corrections. */
  needsCorrections?: true
}

/** A tool that turns a mark or a type of line on and off. */
export const toggleTool = (
  name: string,
  toggle: (chain: ChainedCommands) => ChainedCommands,
  type: string,
  attributes?: object,
): Tool => ({
  name,
  isActive: (editor) => editor.isActive(type, attributes),
  run: (editor) => toggle(editor.chain().focus()).run(),
})

/** The group of the blocks that the caret leaves by Ctrl+Enter and at their edges. */
export const CONTAINER = 'block container'

/** What a node may contain, as ProseMirror's content expression: in any order and number, because concurrent edits may leave any. `parseBody` puts it right. */
export function contentExpression(name: string): string | undefined {
  const content = nodeSpecs[name]?.content
  if (content === 'inline') return 'inline*'
  if (content === undefined || content.length === 0) return undefined
  return content.length === 1 ? `${content[0]}+` : `(${content.join(' | ')})+`
}
