import type { Editor, JSONContent } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import {
  NodeSelection,
  Selection,
  TextSelection,
  type Command,
  type EditorState,
  type Transaction,
} from '@tiptap/pm/state'
import { tableAtCaret } from './table-commands'

/**
 * Inserts a block at the caret: in place of an empty paragraph, else below the block that the caret is in.
 * @param intoChild the index of the child that gets the caret
 */
export function insertBlock(editor: Editor, block: JSONContent, intoChild = 0) {
  editor.commands.command(({ state, tr }) => insertNode(tr, state.schema.nodeFromJSON(block), intoChild))
  editor.commands.focus()
}

export function insertNode(tr: Transaction, node: Node, intoChild = 0): true {
  const { $from } = tr.selection
  const topLevel = $from.depth > 0 ? $from.node(1) : tr.doc.nodeAt($from.pos)
  const isEmpty = $from.depth === 1 && topLevel?.type.name === 'paragraph' && topLevel.content.size === 0
  const after = $from.depth > 0 ? $from.after(1) : $from.pos + (topLevel?.nodeSize ?? 0)
  const pos = isEmpty ? $from.before(1) : after
  tr.replaceWith(pos, after, node)
  selectInside(tr, pos, intoChild)
  return true
}

/** Selects the first line from a child of a block on; below a leaf, the next line. A line below the block is added where there is none. */
export function selectInside(tr: Transaction, pos: number, intoChild = 0) {
  const node = tr.doc.nodeAt(pos)
  const below = pos + (node?.nodeSize ?? 0)
  const { paragraph } = tr.doc.type.schema.nodes
  if (below >= tr.doc.content.size && paragraph) tr.insert(below, paragraph.create())
  const skipped = node?.children.slice(0, intoChild).reduce((size, child) => size + child.nodeSize, 0) ?? 0
  const from = node?.isLeaf ? below : pos + skipped
  tr.setSelection(Selection.near(tr.doc.resolve(from + 1))).scrollIntoView()
}

/** The top-level block that the caret is in or that is selected. */
export function topLevelBlock({ selection }: EditorState) {
  const { $from } = selection
  if (selection instanceof NodeSelection && $from.depth === 0) return { node: selection.node, at: $from.pos }
  return $from.depth === 0 ? null : { node: $from.node(1), at: $from.before(1) }
}

const isContainer = ({ type }: Node) => type.isInGroup('container')

/** Moves the caret out of a block into a new line below it. */
export const exitContainer: Command = (state, dispatch) => {
  const topLevel = topLevelBlock(state)
  const { paragraph } = state.schema.nodes
  if (!topLevel || !paragraph || !(isContainer(topLevel.node) || topLevel.node.isAtom)) return false
  if (dispatch) {
    const below = topLevel.at + topLevel.node.nodeSize
    const tr = state.tr.insert(below, paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, below + 1)).scrollIntoView())
  }
  return true
}

/** An arrow key at the edge of the first or last block adds a line before or behind it. */
export const exitAtEdge =
  (side: 'up' | 'down'): Command =>
  (state, dispatch, view) => {
    const topLevel = topLevelBlock(state)
    const { paragraph } = state.schema.nodes
    if (!topLevel || !paragraph || !(isContainer(topLevel.node) || topLevel.node.isLeaf)) return false
    const edge = side === 'up' ? 0 : state.doc.content.size
    const outside = side === 'up' ? topLevel.at : topLevel.at + topLevel.node.nodeSize
    if (outside !== edge) return false
    const { selection } = state
    const isAtLimit = selection instanceof NodeSelection || isAtEdge(state, topLevel.at, side)
    if (!isAtLimit || (selection instanceof TextSelection && view && !view.endOfTextblock(side))) return false
    if (dispatch) {
      const tr = state.tr.insert(edge, paragraph.create())
      dispatch(tr.setSelection(TextSelection.create(tr.doc, edge + 1)).scrollIntoView())
    }
    return true
  }

/** Is the caret in the first or last line of its block; in a table, in the first or last row? */
function isAtEdge(state: EditorState, containerPos: number, side: 'up' | 'down'): boolean {
  const { $from } = state.selection
  const table = tableAtCaret(state)
  if (table) return side === 'up' ? $from.index(1) === 0 : $from.index(1) === table.table.childCount - 1
  const container = state.doc.nodeAt(containerPos)
  const edge = side === 'up' ? containerPos + 1 : containerPos + (container?.nodeSize ?? 0) - 1
  return side === 'up' ? $from.start() - edge <= $from.depth : edge - $from.end() <= $from.depth
}

/** Replaces the block that the caret is in by an empty paragraph. */
export function removeBlock(editor: Editor) {
  editor.commands.command(({ state, tr }) => {
    const topLevel = topLevelBlock(state)
    const { paragraph } = state.schema.nodes
    if (!topLevel || !paragraph) return false
    tr.replaceWith(topLevel.at, topLevel.at + topLevel.node.nodeSize, paragraph.create())
    tr.setSelection(TextSelection.create(tr.doc, topLevel.at + 1)).scrollIntoView()
    return true
  })
  editor.commands.focus()
}
