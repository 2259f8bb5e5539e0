'use client'
import { useEditorState, type Editor } from '@tiptap/react'
import { useState } from 'react'
import { LinkDialog } from './link-dialog.client'

type Tool = { name: string; active: (editor: Editor) => boolean; run: (editor: Editor) => void }

const tools: Tool[] = [
  {
    name: 'Subheading',
    active: (editor) => editor.isActive('heading', { level: 2 }),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 2 }).run(),
  },
  {
    name: 'Smaller subheading',
    active: (editor) => editor.isActive('heading', { level: 3 }),
    run: (editor) => editor.chain().focus().toggleHeading({ level: 3 }).run(),
  },
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
  {
    name: 'Quote',
    active: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    name: 'Bulleted list',
    active: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    name: 'Numbered list',
    active: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
]

/** The buttons above the body. Each can be reached by Tab and says whether it is on. */
export function BodyToolbar({ editor }: { editor: Editor }) {
  const [linking, setLinking] = useState(false)
  const now = useEditorState({
    editor,
    selector: ({ editor }) => ({
      on: tools.map((tool) => tool.active(editor)),
      link: editor.isActive('link'),
      canUndo: editor.can().undo(),
      canRedo: editor.can().redo(),
    }),
  })
  return (
    <div className="toolbar" role="group" aria-label="Formatting">
      {tools.map((tool, place) => (
        <button
          key={tool.name}
          type="button"
          className="tool"
          data-tool={tool.name}
          aria-pressed={now.on[place]}
          onClick={() => tool.run(editor)}
        >
          {tool.name}
        </button>
      ))}
      <button type="button" className="tool" aria-pressed={now.link} onClick={() => setLinking(true)}>
        Link
      </button>
      <button
        type="button"
        className="tool"
        aria-disabled={!now.canUndo}
        onClick={() => editor.chain().focus().undo().run()}
      >
        Undo
      </button>
      <button
        type="button"
        className="tool"
        aria-disabled={!now.canRedo}
        onClick={() => editor.chain().focus().redo().run()}
      >
        Redo
      </button>
      {linking && <LinkDialog editor={editor} close={() => setLinking(false)} />}
    </div>
  )
}
