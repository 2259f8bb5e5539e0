'use client'
import type { Editor } from '@tiptap/core'
import { createContext, useContext, useEffect, type ReactNode } from 'react'
import type { Correction } from '@/domain/correction/correction'

const StoryNotesContext = createContext<Correction[]>([])

/** What readers were told of the story whose body is written inside. */
export function StoryNotes({ notes, children }: { notes: Correction[]; children: ReactNode }) {
  return <StoryNotesContext value={notes}>{children}</StoryNotesContext>
}

export const useStoryNotes = (): Correction[] => useContext(StoryNotesContext)

/** Tells an editor the notes, so that those which have their place in the body are drawn with their words. */
export function useTellNotes(editor: Editor | null) {
  const notes = useStoryNotes()
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    editor.storage.correctionNote.notes = notes
    editor.emit('notesTold', null)
  }, [editor, notes])
}
