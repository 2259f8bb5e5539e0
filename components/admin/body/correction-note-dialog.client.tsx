'use client'
import type { Editor } from '@tiptap/react'
import { useId, useState } from 'react'
import { correctionNames, type Correction } from '@/domain/correction/correction'
import { placeBlock } from './block-commands'
import { EditorDialog } from './editor-dialog.client'
import { useStoryNotes } from './story-notes.client'

/** Asks which note on this story stands where the caret is. Its words are written on the page that corrects the story, and only there. */
export function CorrectionNoteDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const notes = useStoryNotes()
  const [free] = useState(() => notes.filter((note) => note.kind !== 'retraction' && !isPlaced(editor, note)))
  const [wrong, setWrong] = useState(false)
  const id = useId()

  function place(typed: FormData): boolean {
    const note = free.find((note) => String(note.id) === typed.get('note'))
    setWrong(!note)
    if (note) placeBlock(editor, { type: 'correctionNote', attrs: { correctionId: note.id } })
    return note !== undefined
  }

  return (
    <EditorDialog title="Correction note" answer={place} {...{ editor, close }}>
      {(back) => (
        <>
          {free.length === 0 ? (
            <p>Every note on this story has its place in the body. A retraction always stands above the story.</p>
          ) : (
            <fieldset className="stack tight" aria-describedby={`${id}-hint`}>
              <legend className="visually-hidden">Which note stands here</legend>
              {free.map((note) => (
                <label key={note.id} className="choice">
                  <input type="radio" name="note" value={note.id} defaultChecked={free.length === 1} />
                  <span>
                    <b>{correctionNames[note.kind].label}:</b> {note.words}
                  </span>
                </label>
              ))}
              <p id={`${id}-hint`} className={wrong ? 'error' : 'hint'} role={wrong ? 'alert' : undefined}>
                {wrong ? 'Choose the note that stands here.' : 'Readers then find it here, and not below the story.'}
              </p>
            </fieldset>
          )}
          <div className="actions">
            {free.length > 0 && <button className="button primary">Place note</button>}
            <button type="button" className="button quiet" onClick={back}>
              {free.length > 0 ? 'Cancel' : 'Close'}
            </button>
          </div>
        </>
      )}
    </EditorDialog>
  )
}

const isPlaced = (editor: Editor, { id }: Correction) =>
  editor.state.doc.children.some(({ type, attrs }) => type.name === 'correctionNote' && attrs.correctionId === id)
