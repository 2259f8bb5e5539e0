'use client'
import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'
import { insertChoices, lineChoices, type BlockChoice, type Question as BlockQuestion } from './block-choices'
import { outerBlock, removeBlock } from './block-commands'
import { CorrectionNoteDialog } from './correction-note-dialog.client'
import { EmbedDialog } from './embed-dialog.client'
import { FindPanel } from './find-panel.client'
import { LinkDialog } from './link-dialog.client'
import { useSettled } from './settled'
import { useStoryNotes } from './story-notes.client'
import { addColumnAfter, addRowBelow, deleteColumn, deleteRow, deleteTable } from './table-commands'

type Tool = { name: string; active?: (editor: Editor) => boolean; run: (editor: Editor) => void }

const markTools: Tool[] = [
  {
    name: 'Bold',
    active: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    name: 'Italic',
    active: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
]

/** What can be done with the line or the words that are selected. */
const lineTools = [...lineChoices, ...markTools]

const onTable = (command: typeof addRowBelow) => (editor: Editor) => {
  command(editor.state, editor.view.dispatch)
  editor.commands.focus()
}

const tableTools: Tool[] = [
  { name: 'Add row', run: onTable(addRowBelow) },
  { name: 'Add column', run: onTable(addColumnAfter) },
  { name: 'Remove row', run: onTable(deleteRow) },
  { name: 'Remove column', run: onTable(deleteColumn) },
  { name: 'Remove table', run: onTable(deleteTable) },
]

const atTheCaret = (editor: Editor) => ({
  on: lineTools.map((tool) => tool.active?.(editor) ?? false),
  link: editor.isActive('link'),
  canUndo: editor.can().undo(),
  canRedo: editor.can().redo(),
})

const blockAtTheCaret = (editor: Editor) => ({
  here: outerBlock(editor.state)?.node.type.name ?? '',
  on: insertChoices.map((choice) => choice.active?.(editor)),
})

type Question = 'link' | BlockQuestion

type Props = {
  editor: Editor
  /** Takes the next change as one of its own when it is undone, not as a part of what was typed before. */
  asOneStep: (work: () => void) => void
}

/** The buttons above the body. Each can be reached by Tab and says whether it is on. */
export function BodyToolbar({ editor, asOneStep }: Props) {
  const [question, ask] = useState<Question | null>(null)
  const [finding, find] = useState(false)
  useEffect(() => {
    const choose = (choice: BlockChoice) => choice.run(editor, ask)
    const open = () => find(true)
    editor.on('blockChosen', choose)
    editor.on('findAsked', open)
    return () => {
      editor.off('blockChosen', choose)
      editor.off('findAsked', open)
    }
  }, [editor])
  const now = useSettled(editor, atTheCaret)
  function stopFinding() {
    find(false)
    editor.commands.focus()
  }
  return (
    <div className="toolbar">
      <div className="tools" role="group" aria-label="Formatting">
        {lineTools.map((tool, place) => (
          <ToolButton key={tool.name} name={tool.name} isOn={now.on[place]} run={() => tool.run(editor, ask)} />
        ))}
        <ToolButton name="Link" isOn={now.link} run={() => ask('link')} />
        <ToolButton name="Undo" isOff={!now.canUndo} run={() => editor.chain().focus().undo().run()} />
        <ToolButton name="Redo" isOff={!now.canRedo} run={() => editor.chain().focus().redo().run()} />
        <ToolButton name="Find" isOn={finding} run={() => (finding ? stopFinding() : find(true))} />
      </div>
      <BlockTools editor={editor} ask={ask} />
      {finding && <FindPanel {...{ editor, asOneStep }} close={() => find(false)} />}
      {question === 'link' && <LinkDialog editor={editor} close={() => ask(null)} />}
      {question === 'embed' && <EmbedDialog editor={editor} close={() => ask(null)} />}
      {question === 'note' && <CorrectionNoteDialog editor={editor} close={() => ask(null)} />}
    </div>
  )
}

/** What can be put in; where the caret is in a block that is changed otherwise than by writing, what can be done with it. */
function BlockTools({ editor, ask }: { editor: Editor; ask: (question: Question) => void }) {
  const notes = useStoryNotes()
  const { here, on } = useSettled(editor, blockAtTheCaret)
  if (here === 'table') return <Tools name="Table" tools={tableTools} editor={editor} />
  if (here === 'embed') {
    const tools = [
      { name: 'Change embed', run: () => ask('embed') },
      { name: 'Remove embed', run: removeBlock },
    ]
    return <Tools name="Embed" tools={tools} editor={editor} />
  }
  if (here === 'correctionNote')
    return <Tools name="Correction note" tools={[{ name: 'Remove note', run: removeBlock }]} editor={editor} />
  return (
    <div className="tools" role="group" aria-label="Insert">
      {insertChoices.map((choice, place) =>
        choice.needsNotes && notes.length === 0 ? null : (
          <ToolButton key={choice.name} name={choice.name} isOn={on[place]} run={() => choice.run(editor, ask)} />
        ),
      )}
      {here === 'factBox' && <ToolButton name="Remove box" run={() => removeBlock(editor)} />}
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

type ToolProps = { name: string; isOn?: boolean; isOff?: boolean; run: () => void }

/** A button that leaves the caret where it is: what is typed right after it goes into the words, and a telephone's keyboard stays. */
function ToolButton({ name, isOn, isOff, run }: ToolProps) {
  return (
    <button
      type="button"
      className="tool"
      data-tool={name}
      aria-pressed={isOn}
      aria-disabled={isOff}
      onMouseDown={(press) => press.preventDefault()}
      onClick={run}
    >
      {name}
    </button>
  )
}
