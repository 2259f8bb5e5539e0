'use client'
import type { Editor } from '@tiptap/react'
import { useId, useState } from 'react'
import { correctionNames, type Correction } from '@/domain/correction/correction'
import { insertBlock } from './block-commands'
import { EditorDialog } from './editor-dialog.client'
import { useCorrectionNotes } from './correction-notes.client'

/** Asks which note on this story stands where the caret is. Its words are written on the page that corrects the story, and only there. */
export function CorrectionNoteDialog({ editor, close }: { editor: Editor; close: () => void }) {
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
    <EditorDialog title="Correction note" onSubmit={submit} {...{ editor, close }}>
      {(cancel) => (
        <>
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
              <p id={`${id}-hint`} className={invalid ? 'error' : 'hint'} role={invalid ? 'alert' : undefined}>
                {invalid ? 'Choose the note that stands here.' : 'Readers then find it here, and not below the story.'}
              </p>
            </fieldset>
          )}
          <div className="actions">
            {unplaced.length > 0 && <button className="button primary">Place note</button>}
            <button type="button" className="button quiet" onClick={cancel}>
              {unplaced.length > 0 ? 'Cancel' : 'Close'}
            </button>
          </div>
        </>
      )}
    </EditorDialog>
  )
}

const isPlaced = (editor: Editor, { id }: Correction) =>
  editor.state.doc.children.some(({ type, attrs }) => type.name === 'correctionNote' && attrs.correctionId === id)
