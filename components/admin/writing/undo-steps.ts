import { Extension } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { isFromDocument } from './binding'

/** What y-tiptap keeps of undoing, as far as it is needed here. */
type UndoState = { undoManager?: { stopCapturing: () => void } }

/**
 * Undoing takes back what was written in one place. Yjs alone puts together whatever was written within half a second, also when the caret was taken
 * elsewhere in between: one "Undo" would take back the end of a sentence and the beginning of another one.
 */
export const UndoSteps = Extension.create({
  name: 'undoSteps',
  onSelectionUpdate({ editor, transaction }) {
    if (!transaction.docChanged && !isFromDocument(transaction)) beginUndoStep(editor.state)
  },
})

/** What is written from now on is taken back without what was written before. */
export function beginUndoStep(state: EditorState): void {
  const { undoManager } = (yUndoPluginKey.getState(state) ?? {}) as UndoState
  undoManager?.stopCapturing()
}
