'use client'
import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { isBlockType, type BlockType } from '@/domain/body/blocks'
import { removeBlock, topLevelBlock } from '../blocks/block-commands'
import { editorBlocks, insertMenuItems, textMenuItems } from '../blocks'
import { toggleTool, type BlockMenuItem, type Tool } from '../blocks/block'
import { FindPanel } from '../find/find-panel.client'
import { LinkDialog } from './link-dialog.client'
import { useDebouncedEditorState } from './debounced-editor-state'
import { useCorrectionNotes } from '../correction-notes.client'

const lineTools: Tool[] = [
  ...textMenuItems,
  toggleTool('Bold', (chain) => chain.toggleBold(), 'bold'),
  toggleTool('Italic', (chain) => chain.toggleItalic(), 'italic'),
  toggleTool('Struck', (chain) => chain.toggleStrike(), 'strike'),
  toggleTool('Raised', (chain) => chain.toggleMark('superscript'), 'superscript'),
  toggleTool('Lowered', (chain) => chain.toggleMark('subscript'), 'subscript'),
]

const toolbarState = (editor: Editor) => ({
  on: lineTools.map((tool) => tool.isActive?.(editor) ?? false),
  link: editor.isActive('link'),
  canUndo: editor.can().undo(),
  canRedo: editor.can().redo(),
})

const blockState = (editor: Editor) => ({
  blockType: topLevelBlock(editor.state)?.node.type.name ?? '',
  on: insertMenuItems.map((item) => item.isActive?.(editor)),
})

type Dialog = 'link' | BlockType

/** The buttons above the body. */
export function BodyToolbar({ editor }: { editor: Editor }) {
  const [dialog, openDialog] = useState<Dialog | null>(null)
  const [isFindOpen, setFindOpen] = useState(false)
  useEffect(() => {
    const runItem = (item: BlockMenuItem) => item.run(editor, openDialog)
    const openFind = () => setFindOpen(true)
    editor.on('blockMenuItemChosen', runItem)
    editor.on('findRequested', openFind)
    return () => {
      editor.off('blockMenuItemChosen', runItem)
      editor.off('findRequested', openFind)
    }
  }, [editor])
  const state = useDebouncedEditorState(editor, toolbarState)
  function closeFind() {
    setFindOpen(false)
    editor.commands.focus()
  }
  const BlockDialog = dialog === null || dialog === 'link' ? undefined : editorBlocks[dialog].Dialog
  return (
    <div className="toolbar">
      <div className="tools" role="group" aria-label="Formatting">
        {lineTools.map(({ name, run }, index) => (
          <ToolButton key={name} name={name} isOn={state.on[index]} run={() => run(editor, openDialog)} />
        ))}
        <ToolButton name="Link" isOn={state.link} run={() => openDialog('link')} />
        <ToolButton name="Undo" isDisabled={!state.canUndo} run={() => editor.chain().focus().undo().run()} />
        <ToolButton name="Redo" isDisabled={!state.canRedo} run={() => editor.chain().focus().redo().run()} />
        <ToolButton name="Find" isOn={isFindOpen} run={() => (isFindOpen ? closeFind() : setFindOpen(true))} />
      </div>
      <BlockTools editor={editor} openDialog={openDialog} />
      {isFindOpen && <FindPanel editor={editor} close={closeFind} />}
      {dialog === 'link' && <LinkDialog editor={editor} close={() => openDialog(null)} />}
      {BlockDialog && <BlockDialog editor={editor} close={() => openDialog(null)} />}
    </div>
  )
}

/** The tools of the block that the caret is in, or the insert menu. */
function BlockTools({ editor, openDialog }: { editor: Editor; openDialog: (dialog: Dialog) => void }) {
  const notes = useCorrectionNotes()
  const { blockType, on } = useDebouncedEditorState(editor, blockState)
  const block = isBlockType(blockType) ? editorBlocks[blockType] : null
  if (block?.tools) {
    const { label, items } = block.tools
    return (
      <div className="tools" role="group" aria-label={label}>
        {items.map((tool) => (
          <ToolButton key={tool.name} name={tool.name} run={() => tool.run(editor, openDialog)} />
        ))}
      </div>
    )
  }
  return (
    <div className="tools" role="group" aria-label="Insert">
      {insertMenuItems.map((item, index) =>
        item.needsCorrections && notes.length === 0 ? null : (
          <ToolButton key={item.name} name={item.name} isOn={on[index]} run={() => item.run(editor, openDialog)} />
        ),
      )}
      {block?.removeLabel && <ToolButton name={block.removeLabel} run={() => removeBlock(editor)} />}
    </div>
  )
}

type ToolProps = { name: string; isOn?: boolean; isDisabled?: boolean; run: () => void }

/** A button that does not take the focus: the caret stays in the body, and the keyboard of a telephone stays open. */
function ToolButton({ name, isOn, isDisabled, run }: ToolProps) {
  return (
    <button
      type="button"
      className="tool"
      data-tool={name}
      aria-pressed={isOn}
      aria-disabled={isDisabled}
      onMouseDown={(event) => event.preventDefault()}
      onClick={run}
    >
      {name}
    </button>
  )
}
