import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { UndoManager } from 'yjs'
import { bindingOf, isFromDocument } from './editor-binding'
import { keepRestoredApart, mayUndoDelete } from './undo-filter'

/** An undo step ends when the caret is moved. Yjs alone merges all changes within half a second, also those at different positions. */
export const UndoSteps = Extension.create({
  name: 'undoSteps',
  onSelectionUpdate({ editor, transaction }) {
    if (!transaction.docChanged && !isFromDocument(transaction)) beginUndoStep(editor.state)
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('undoSteps'),
      view: (view) => {
        // y-tiptap 3.0.9 keeps the selection of an undone step as the one before the next change. In a body that has become shorter it throws at that
        // position: restored text is in the document but not in the editor, and the next key deletes it.
        const clearSelection = () => {
          const binding = bindingOf(view.state)
          if (binding) binding.beforeTransactionSelection = null
        }
        const manager = undoManagerOf(view.state)
        manager?.on('stack-item-popped', clearSelection)
        if (manager) manager.deleteFilter = mayUndoDelete
        const binding = bindingOf(view.state)
        const endMarking = binding && manager && keepRestoredApart(binding.doc, manager)
        return {
          destroy: () => {
            manager?.off('stack-item-popped', clearSelection)
            endMarking?.()
          },
        }
      },
    }),
  ],
})

/** The redo keys do nothing where there is nothing to redo. On a Mac, an unhandled Shift-Cmd-z would be handled as Cmd-z: undo. */
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

function beginUndoStep(state: EditorState): void {
  undoManagerOf(state)?.stopCapturing()
}

function undoManagerOf(state: EditorState): UndoManager | undefined {
  return (yUndoPluginKey.getState(state) as { undoManager?: UndoManager } | undefined)?.undoManager
}
