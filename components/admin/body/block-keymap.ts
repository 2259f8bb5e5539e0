import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin, PluginKey, type Command } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { exitAtEdge, exitContainer, enterInPullQuote } from './block-commands'
import { cellBelow, clearSelection, clearCells, previousCell, nextCell, tableAtCaret } from './table-commands'

/** What the keys do inside the blocks that are boxes. Everywhere else they are what they were. */
export const BlockKeymap = Extension.create({
  name: 'blockKeys',
  // Before Tiptap's own: there Ctrl+Enter breaks a line, and Tab moves list items.
  priority: 1000,
  addKeyboardShortcuts() {
    const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view)
    const inTable =
      (command: Command): Command =>
      (state, ...rest) =>
        tableAtCaret(state) !== null && command(state, ...rest)
    const enter: Command = (state, ...rest) =>
      enterInPullQuote(state, ...rest) || cellBelow(state, ...rest) || inTable(exitContainer)(state, ...rest)
    return {
      Enter: run(enter),
      'Mod-Enter': run(exitContainer),
      Tab: run(nextCell),
      'Shift-Tab': run(previousCell),
      ArrowDown: run(exitAtEdge('down')),
      ArrowUp: run(exitAtEdge('up')),
      Backspace: run(clearCells),
      Delete: run(clearCells),
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('typedOverCells'),
      props: {
        handleTextInput: (view, _from, _to, text) => {
          if (!clearCells(view.state)) return false
          view.dispatch(clearSelection(view.state).insertText(text))
          return true
        },
        handleDOMEvents: { compositionstart: deleteBeforeComposition },
      },
    }),
  ],
})

/** A telephone's keyboard writes into the page by itself, and would join what is selected over several lines or cells: they are emptied before it does. */
function deleteBeforeComposition({ state, dispatch }: EditorView) {
  const { selection } = state
  const isInOneTextblock = selection.$from.parent.isTextblock && selection.$from.sameParent(selection.$to)
  if (clearCells(state)) dispatch(clearSelection(state))
  else if (!isInOneTextblock && !(selection instanceof NodeSelection)) dispatch(state.tr.deleteSelection())
}
