import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin, PluginKey, type Command } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { exitAtEdge, exitContainer } from './block-commands'
import { clearCells, clearSelection } from './table-commands'

/** The keys that leave a container. */
export const BlockKeymap = Extension.create({
  name: 'blockKeymap',
  // Before Tiptap's own, where Ctrl+Enter inserts a line break.
  priority: 1000,
  addKeyboardShortcuts() {
    const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view)
    return {
      'Mod-Enter': run(exitContainer),
      ArrowDown: run(exitAtEdge('down')),
      ArrowUp: run(exitAtEdge('up')),
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('compositionOverBlocks'),
      props: { handleDOMEvents: { compositionstart: deleteBeforeComposition } },
    }),
  ],
})

/**
 * A composition (by the keyboard of a telephone) changes the DOM itself and would join selected lines or cells. The selection is deleted first.
 */
function deleteBeforeComposition({ state, dispatch }: EditorView) {
  const { selection } = state
  const isInOneTextblock = selection.$from.parent.isTextblock && selection.$from.sameParent(selection.$to)
  if (clearCells(state)) dispatch(clearSelection(state))
  else if (!isInOneTextblock && !(selection instanceof NodeSelection)) dispatch(state.tr.deleteSelection())
}
