'use client'
import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { insertMenuItems, textMenuItems, type BlockMenuItem, type BlockDialog as BlockQuestion } from './block-menu'
import { topLevelBlock, removeBlock } from './block-commands'
import { CorrectionNoteDialog } from './correction-note-dialog.client'
import { EmbedDialog } from './embed-dialog.client'
import { FindPanel } from './find-panel.client'
import { LinkDialog } from './link-dialog.client'
import { useDebouncedEditorState } from './debounced-editor-state'
import { useCorrectionNotes } from './correction-notes.client'
import { addColumnAfter, addRowBelow, deleteColumn, deleteRow, deleteTable } from './table-commands'

type Tool = { name: string; isActive?: (editor: Editor) => boolean; run: (editor: Editor) => void }

const markTools: Tool[] = [
  {
    name: 'Bold',
    isActive: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'Italic',
    isActive: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
]

/** What can be done with the line or the words that are selected. */
const lineTools = [...textMenuItems, ...markTools]

const tableTool = (command: typeof addRowBelow) => (editor: Editor) => {
  command(editor.state, editor.view.dispatch)
  editor.commands.focus()
}

const tableTools: Tool[] = [
  { name: 'Add row', run: tableTool(addRowBelow) },
  { name: 'Add column', run: tableTool(addColumnAfter) },
  { name: 'Remove row', run: tableTool(deleteRow) },
  { name: 'Remove column', run: tableTool(deleteColumn) },
  { name: 'Remove table', run: tableTool(deleteTable) },
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

type Dialog = 'link' | BlockQuestion

type Props = {
  editor: Editor
  /** Takes the next change as one of its own when it is undone, not as a part of what was typed before. */
  singleUndoStep: (work: () => void) => void
}

/** The buttons above the body. Each can be reached by Tab and says whether it is on. */
export function BodyToolbar({ editor, singleUndoStep }: Props) {
  const [dialog, openDialog] = useState<Dialog | null>(null)
  const [isFindOpen, setFindOpen] = useState(false)
  useEffect(() => {
    const runItem = (item: BlockMenuItem) => item.run(editor, openDialog)
    const openFind = () => setFindOpen(true)
    editor.on('blockChosen', runItem)
    editor.on('findAsked', openFind)
    return () => {
      editor.off('blockChosen', runItem)
      editor.off('findAsked', openFind)
    }
  }, [editor])
  const state = useDebouncedEditorState(editor, toolbarState)
  function closeFind() {
    setFindOpen(false)
    editor.commands.focus()
  }
  return (
    <div className="toolbar">
      <div className="tools" role="group" aria-label="Formatting">
        {lineTools.map((tool, index) => (
          <ToolButton
            key={tool.name}
            name={tool.name}
            isOn={state.on[index]}
            run={() => tool.run(editor, openDialog)}
          />
        ))}
        <ToolButton name="Link" isOn={state.link} run={() => openDialog('link')} />
        <ToolButton name="Undo" isDisabled={!state.canUndo} run={() => editor.chain().focus().undo().run()} />
        <ToolButton name="Redo" isDisabled={!state.canRedo} run={() => editor.chain().focus().redo().run()} />
        <ToolButton name="Find" isOn={isFindOpen} run={() => (isFindOpen ? closeFind() : setFindOpen(true))} />
      </div>
      <BlockTools editor={editor} openDialog={openDialog} />
      {isFindOpen && <FindPanel {...{ editor, singleUndoStep }} close={() => setFindOpen(false)} />}
      {dialog === 'link' && <LinkDialog editor={editor} close={() => openDialog(null)} />}
      {dialog === 'embed' && <EmbedDialog editor={editor} close={() => openDialog(null)} />}
      {dialog === 'note' && <CorrectionNoteDialog editor={editor} close={() => openDialog(null)} />}
    </div>
  )
}

/** What can be put in; where the caret is in a block that is changed otherwise than by writing, what can be done with it. */
function BlockTools({ editor, openDialog }: { editor: Editor; openDialog: (dialog: Dialog) => void }) {
  const notes = useCorrectionNotes()
  const { blockType, on } = useDebouncedEditorState(editor, blockState)
  if (blockType === 'table') return <Tools name="Table" tools={tableTools} editor={editor} />
  if (blockType === 'embed') {
    const tools = [
      { name: 'Change embed', run: () => openDialog('embed') },
      { name: 'Remove embed', run: removeBlock },
    ]
    return <Tools name="Embed" tools={tools} editor={editor} />
  }
  if (blockType === 'correctionNote')
    return <Tools name="Correction note" tools={[{ name: 'Remove note', run: removeBlock }]} editor={editor} />
  return (
    <div className="tools" role="group" aria-label="Insert">
      {insertMenuItems.map((item, index) =>
        item.needsCorrections && notes.length === 0 ? null : (
          <ToolButton key={item.name} name={item.name} isOn={on[index]} run={() => item.run(editor, openDialog)} />
        ),
      )}
      {blockType === 'factBox' && <ToolButton name="Remove box" run={() => removeBlock(editor)} />}
    </div>
  )
}

function Tools({ name, tools, editor }: { name: string; tools: Tool[]; editor: Editor }) {
  return (
    <div className="tools" role="group" aria-label={name}>
      {tools.map((tool) => (
        <ToolButton key={tool.name} name={tool.name} run={() => tool.run(editor)} />
      ))}
    </div>
  )
}

type ToolProps = { name: string; isOn?: boolean; isDisabled?: boolean; run: () => void }

/** A button that leaves the caret where it is: what is typed right after it goes into the words, and a telephone's keyboard stays. */
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
