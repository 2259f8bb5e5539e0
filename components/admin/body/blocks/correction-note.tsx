import { mergeAttributes, Node, type Editor } from '@tiptap/core'
import { Fragment, Slice, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { useId, useState } from 'react'
import { correctionNames, type Correction } from '@/domain/correction/correction'
import { insertBlock, removeBlock } from './block-commands'
import { useCorrectionNotes } from '../correction-notes.client'
import { DialogHint, EditorDialog } from '../toolbar/editor-dialog.client'
import type { EditorBlock } from './block'

declare module '@tiptap/core' {
  interface Storage {
    /** Every correction of the story, as the page has them. */
    correctionNote: { notes: Correction[] }
  }
  interface EditorEvents {
    correctionNotesChanged: null
  }
}

/** The document holds the correction's id only; its text is rendered from the storage. */
const CorrectionNote = Node.create<object, { notes: Correction[] }>({
  name: 'correctionNote',
  group: 'block',
  atom: true,
  addStorage: () => ({ notes: [] }),
  addAttributes: () => ({
    correctionId: {
      default: 0,
      parseHTML: (element) => Number(element.getAttribute('data-correction')),
      renderHTML: ({ correctionId }) => ({ 'data-correction': String(correctionId) }),
    },
  }),
  parseHTML: () => [{ tag: 'aside[data-correction]' }],
  renderHTML({ node, HTMLAttributes }) {
    const [title, words] = noteText(this.editor?.storage.correctionNote.notes ?? [], node)
    return ['aside', mergeAttributes(HTMLAttributes), ['b', {}, title], ' ', ['span', {}, words]]
  },
  addNodeView:
    () =>
    ({ node, editor }) => {
      const dom = document.createElement('aside')
      dom.className = 'card'
      const render = () => {
        const [title, text] = [document.createElement('b'), document.createElement('span')]
        ;[title.textContent, text.textContent] = noteText(editor.storage.correctionNote.notes, node)
        dom.replaceChildren(title, text)
      }
      render()
      editor.on('correctionNotesChanged', render)
      return { dom, destroy: () => void editor.off('correctionNotesChanged', render) }
    },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('foreignNotes'),
        props: { transformPasted: (slice) => withoutForeignNotes(editor, slice) },
      }),
    ]
  },
})

export const correctionNote: EditorBlock = {
  extensions: [CorrectionNote],
  insertItems: [
    {
      name: 'Correction note',
      keywords: 'update clarification',
      needsCorrections: true,
      run: (_editor, openDialog) => openDialog('correctionNote'),
    },
  ],
  tools: { label: 'Correction note', items: [{ name: 'Remove note', run: removeBlock }] },
  Dialog: CorrectionNoteDialog,
}

const findNote = (notes: Correction[], { attrs }: ProseMirrorNode): Correction | undefined =>
  notes.find(({ id }) => id === attrs.correctionId)

function noteText(notes: Correction[], node: ProseMirrorNode): [label: string, text: string] {
  const note = findNote(notes, node)
  if (!note) return ['Correction note', 'Load this page again to read its words.']
  if (note.kind === 'retraction')
    return ['Retraction', 'A retraction stands above the story: readers see nothing here.']
  return [correctionNames[note.kind].label, note.words]
}

/** Drops pasted notes of other stories: saving them would be refused. */
function withoutForeignNotes(editor: Editor, slice: Slice): Slice {
  const { content, openStart, openEnd } = slice
  const { notes } = editor.storage.correctionNote
  const known = content.content.filter((node) => node.type.name !== 'correctionNote' || findNote(notes, node))
  if (known.length === content.childCount) return slice
  return new Slice(
    Fragment.from(known),
    known[0] === content.firstChild ? openStart : 0,
    known.at(-1) === content.lastChild ? openEnd : 0,
  )
}

/** A dialog to choose which of the story's corrections to insert. Their text is edited on the page that corrects the story. */
function CorrectionNoteDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const notes = useCorrectionNotes()
  const [unplaced] = useState(() => notes.filter((note) => note.kind !== 'retraction' && !isPlaced(editor, note)))
  const [invalid, setInvalid] = useState(false)
  const id = useId()

  function submit(formData: FormData): boolean {
    const note = unplaced.find((note) => String(note.id) === formData.get('note'))
    setInvalid(!note)
    if (note) insertBlock(editor, { type: 'correctionNote', attrs: { correctionId: note.id } })
    return note !== undefined
  }

  return (
    <EditorDialog
      title="Correction note"
      onSubmit={submit}
      actions={() => unplaced.length > 0 && <button className="button primary">Place note</button>}
      cancelLabel={unplaced.length > 0 ? 'Cancel' : 'Close'}
      {...{ editor, close }}
    >
      {unplaced.length === 0 ? (
        <p>Every note on this story has its place in the body. A retraction always stands above the story.</p>
      ) : (
        <fieldset className="stack tight" aria-describedby={`${id}-hint`}>
          <legend className="visually-hidden">Which note stands here</legend>
          {unplaced.map((note) => (
            <label key={note.id} className="choice">
              <input type="radio" name="note" value={note.id} defaultChecked={unplaced.length === 1} />
              <span>
                <b>{correctionNames[note.kind].label}:</b> {note.words}
              </span>
            </label>
          ))}
          <DialogHint id={`${id}-hint`} isError={invalid}>
            {invalid ? 'Choose the note that stands here.' : 'Readers then find it here, and not below the story.'}
          </DialogHint>
        </fieldset>
      )}
    </EditorDialog>
  )
}

const isPlaced = (editor: Editor, { id }: Correction) =>
  editor.state.doc.children.some(({ type, attrs }) => type.name === 'correctionNote' && attrs.correctionId === id)
