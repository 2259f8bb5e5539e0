import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { UndoManager } from 'yjs'
import { bindingOf, isFromDocument } from './editor-binding'

/**
 * Undoing takes back what was written in one place. Yjs alone puts together whatever was written within half a second, also when the caret was taken
 * elsewhere in between: one "Undo" would take back the end of a sentence and the beginning of another one.
 */
export const UndoSteps = Extension.create({
  name: 'undoSteps',
  onSelectionUpdate({ editor, transaction }) {
    if (!transaction.docChanged && !isFromDocument(transaction)) beginUndoStep(editor.state)
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('freshCaret'),
      view: (view) => {
        // y-tiptap 3.0.9 takes the caret of what was undone for the caret before the next change. Where the body has become shorter, it looks for it
        // beyond the end and fails: words that come back are in the document and not on the screen, and go with the next letter.
        const clearSelection = () => {
          const binding = bindingOf(view.state)
          if (binding) binding.beforeTransactionSelection = null
        }
        const manager = undoManagerOf(view.state)
        manager?.on('stack-item-popped', clearSelection)
        return { destroy: () => manager?.off('stack-item-popped', clearSelection) }
      },
    }),
  ],
})

/** With nothing left to bring back, the keys for it do nothing. A Mac says “z” with Shift, and what is not done with Shift would be done without it: undone. */
export const RedoKeys = Extension.create({
  name: 'redoKeys',
  // Before y-tiptap's.
  priority: 1001,
  addKeyboardShortcuts() {
    return {
      'Shift-Mod-z': ({ editor }) => {
        editor.commands.redo()
        return true
      },
    }
  },
})

/** What is written from now on is taken back without what was written before. */
export function beginUndoStep(state: EditorState): void {
  undoManagerOf(state)?.stopCapturing()
}

function undoManagerOf(state: EditorState): UndoManager | undefined {
  return (yUndoPluginKey.getState(state) as { undoManager?: UndoManager } | undefined)?.undoManager
}
