import { Extension, mergeAttributes, Node } from '@tiptap/core'
import { Plugin, PluginKey, type Command } from '@tiptap/pm/state'
import { exitContainer, insertBlock } from './block-commands'
import {
  addColumnAfter,
  addRowBelow,
  cellBelow,
  clearCells,
  clearSelection,
  deleteColumn,
  deleteRow,
  deleteTable,
  nextCell,
  previousCell,
  tableAtCaret,
} from './table-commands'
import { TableHeads } from './table-heads'
import { editorAttributes } from './attributes'
import { CONTAINER, contentExpression, type EditorBlock, type Tool } from './block'

/** Not Tiptap's table: that repairs uneven rows by adding cells, in every browser at once, and each browser then repairs what the others added. */
const Table = Node.create({
  name: 'table',
  group: CONTAINER,
  content: contentExpression('table'),
  isolating: true,
  parseHTML: () => [{ tag: 'table' }],
  renderHTML: ({ HTMLAttributes }) => ['div', { class: 'wide' }, ['table', HTMLAttributes, 0]],
})

const TableCaption = Node.create({
  name: 'tableCaption',
  content: contentExpression('tableCaption'),
  isolating: true,
  parseHTML: () => [{ tag: 'caption' }],
  renderHTML: ({ HTMLAttributes }) => [
    'caption',
    mergeAttributes(HTMLAttributes, { 'data-empty': 'What the table shows' }),
    0,
  ],
})

const TableRow = Node.create({
  name: 'tableRow',
  content: contentExpression('tableRow'),
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: ({ HTMLAttributes }) => ['tr', HTMLAttributes, 0],
})

const TableCell = Node.create({
  name: 'tableCell',
  content: contentExpression('tableCell'),
  isolating: true,
  addAttributes() {
    const { header, ...spans } = editorAttributes('tableCell')
    return {
      ...spans,
      // An element of its own in HTML.
      header: { ...header, parseHTML: (element) => (element.localName === 'th' ? true : null), renderHTML: () => ({}) },
    }
  },
  parseHTML: () => [{ tag: 'td, th' }],
  renderHTML: ({ node, HTMLAttributes }) => [node.attrs.header === true ? 'th' : 'td', HTMLAttributes, 0],
})

const TableKeys = Extension.create({
  name: 'tableKeys',
  // Before Tiptap's own, where Tab moves list items.
  priority: 1000,
  addKeyboardShortcuts() {
    const run = (command: Command) => () => command(this.editor.state, this.editor.view.dispatch, this.editor.view)
    return {
      Enter: run((...at) => cellBelow(...at) || (tableAtCaret(at[0]) !== null && exitContainer(...at))),
      Tab: run(nextCell),
      'Shift-Tab': run(previousCell),
      Backspace: run(clearCells),
      Delete: run(clearCells),
    }
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('typingOverCells'),
      props: {
        handleTextInput: (view, _from, _to, text) => {
          if (!clearCells(view.state)) return false
          view.dispatch(clearSelection(view.state).insertText(text))
          return true
        },
      },
    }),
  ],
})

const row = { type: 'tableRow', content: [{ type: 'tableCell' }, { type: 'tableCell' }, { type: 'tableCell' }] }
const emptyTable = { type: 'table', content: [{ type: 'tableCaption' }, row, row, row] }

export const table: EditorBlock = {
  extensions: [Table, TableCaption, TableRow, TableCell, TableKeys, TableHeads],
  insertItems: [
    // The caret goes into the first cell: the caption may stay empty.
    { name: 'Table', keywords: 'rows columns figures', run: (editor) => insertBlock(editor, emptyTable, 1) },
  ],
  tools: {
    label: 'Table',
    items: [
      tool('Add row', addRowBelow),
      tool('Add column', addColumnAfter),
      tool('Remove row', deleteRow),
      tool('Remove column', deleteColumn),
      tool('Remove table', deleteTable),
    ],
  },
}

function tool(name: string, command: Command): Tool {
  return {
    name,
    run: (editor) => {
      command(editor.state, editor.view.dispatch)
      editor.commands.focus()
    },
  }
}
