import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin, PluginKey, type Command } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { leaveAtEdge, leaveBox, onFromPullQuote } from './block-commands'
import { cellBelow, emptied, emptyCells, formerCell, nextCell, tableAround } from './table-commands'

/** What the keys do inside the blocks that are boxes. Everywhere else they are what they were. */
export const BlockKeys = Extension.create({
  name: 'blockKeys',
  // Before Tiptap's own: there Ctrl+Enter breaks a line, and Tab moves list items.
  priority: 1000,
  addKeyboardShortcuts() {
    const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view)
    const inTable =
      (command: Command): Command =>
      (state, ...rest) =>
        tableAround(state) !== null && command(state, ...rest)
    const enter: Command = (state, ...rest) =>
      onFromPullQuote(state, ...rest) || cellBelow(state, ...rest) || inTable(leaveBox)(state, ...rest)
    return {
      Enter: run(enter),
      'Mod-Enter': run(leaveBox),
      Tab: run(nextCell),
      'Shift-Tab': run(formerCell),
      ArrowDown: run(leaveAtEdge('down')),
      ArrowUp: run(leaveAtEdge('up')),
      Backspace: run(emptyCells),
      Delete: run(emptyCells),
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('typedOverCells'),
      props: {
        handleTextInput: (view, _from, _to, text) => {
          if (!emptyCells(view.state)) return false
          view.dispatch(emptied(view.state).insertText(text))
          return true
        },
        handleDOMEvents: { compositionstart: emptyLinesSelected },
      },
    }),
  ],
})

/** A telephone's keyboard writes into the page by itself, and would join what is selected over several lines or cells: they are emptied before it does. */
function emptyLinesSelected({ state, dispatch }: EditorView) {
  const { selection } = state
  const isInOneLine = selection.$from.parent.isTextblock && selection.$from.sameParent(selection.$to)
  if (emptyCells(state)) dispatch(emptied(state))
  else if (!isInOneLine && !(selection instanceof NodeSelection)) dispatch(state.tr.deleteSelection())
}
