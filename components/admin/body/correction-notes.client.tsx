'use client'
import type { Editor } from '@tiptap/core'
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import type { Correction } from '@/domain/correction/correction'

const CorrectionNotesContext = createContext<Correction[]>([])

/** Provides the corrections of the story whose body is edited inside. */
export function CorrectionNotesProvider({ notes, children }: { notes: Correction[]; children: ReactNode }) {
  return <CorrectionNotesContext value={notes}>{children}</CorrectionNotesContext>
}

export const useCorrectionNotes = (): Correction[] => useContext(CorrectionNotesContext)

/** Passes the corrections to an editor, which renders the notes in the body with them. */
export function useNotesInEditor(editor: Editor | null) {
  const notes = useCorrectionNotes()
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    editor.storage.correctionNote.notes = notes
    editor.emit('correctionNotesChanged', null)
  }, [editor, notes])
}
