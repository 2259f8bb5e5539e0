'use client'
import type { Editor } from '@tiptap/core'
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import type { Correction } from '@/domain/correction/correction'

const CorrectionNotesContext = createContext<Correction[]>([])

/** What readers were told of the story whose body is written inside. */
export function CorrectionNotesProvider({ notes, children }: { notes: Correction[]; children: ReactNode }) {
  return <CorrectionNotesContext value={notes}>{children}</CorrectionNotesContext>
}

export const useCorrectionNotes = (): Correction[] => useContext(CorrectionNotesContext)

/** Tells an editor the notes, so that those which have their place in the body are drawn with their words. */
export function useNotesInEditor(editor: Editor | null) {
  const notes = useCorrectionNotes()
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    editor.storage.correctionNote.notes = notes
    editor.emit('notesTold', null)
  }, [editor, notes])
}
