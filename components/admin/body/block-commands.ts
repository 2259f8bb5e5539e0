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

const line = { type: 'paragraph' }
const emptyRow = { type: 'tableRow', content: [{ type: 'tableCell' }, { type: 'tableCell' }, { type: 'tableCell' }] }

export const emptyBlocks = {
  factBox: { type: 'factBox', content: [{ type: 'heading', attrs: { level: 2 } }, line] },
  table: { type: 'table', content: [{ type: 'tableCaption' }, emptyRow, emptyRow, emptyRow] },
  rule: { type: 'horizontalRule' },
} satisfies Record<string, JSONContent>

/** Puts a block where the caret is: in place of an empty paragraph, else below the block that the caret is in. The caret goes into it. */
export function insertBlock(editor: Editor, block: JSONContent) {
  editor.commands.command(({ state, tr }) => insertNode(tr, state.schema.nodeFromJSON(block)))
  editor.commands.focus()
}

export function insertNode(tr: Transaction, node: Node): true {
  const { $from } = tr.selection
  const topLevel = $from.depth > 0 ? $from.node(1) : tr.doc.nodeAt($from.pos)
  const isEmpty = $from.depth === 1 && topLevel?.type.name === 'paragraph' && topLevel.content.size === 0
  const after = $from.depth > 0 ? $from.after(1) : $from.pos + (topLevel?.nodeSize ?? 0)
  const pos = isEmpty ? $from.before(1) : after
  tr.replaceWith(pos, after, node)
  selectInside(tr, pos, node.isLeaf)
  return true
}

/** The first line inside; of what has none, the line below, which is made where there is none. */
function selectInside(tr: Transaction, pos: number, isLeaf: boolean) {
  const node = tr.doc.nodeAt(pos)
  const below = pos + (node?.nodeSize ?? 0)
  const { paragraph } = tr.doc.type.schema.nodes
  if (below >= tr.doc.content.size && paragraph) tr.insert(below, paragraph.create())
  let selectFrom = isLeaf ? below : pos
  // Into the first cell, not the caption: that may stay empty.
  if (node?.type.name === 'table' && node.firstChild?.type.name === 'tableCaption')
    selectFrom += node.firstChild.nodeSize
  tr.setSelection(Selection.near(tr.doc.resolve(selectFrom + 1))).scrollIntoView()
}

/** The paragraphs that are selected become a pull quote; those of a pull quote become paragraphs again. */
export function togglePullQuote(editor: Editor) {
  editor.commands.command(({ state, tr }) => {
    const { $from, $to } = state.selection
    const { pullQuote, paragraph, attribution } = state.schema.nodes
    if (!pullQuote || !paragraph || !attribution || $from.depth === 0) return false
    const topLevel = $from.node(1)
    if (topLevel.type === pullQuote) {
      const lines = topLevel.children.flatMap(({ content, attrs }) =>
        content.size > 0 ? [paragraph.create(attrs, content)] : [],
      )
      tr.replaceWith($from.before(1), $from.after(1), lines.length > 0 ? lines : [paragraph.create()])
      return true
    }
    const range = $from.blockRange($to)
    if (!range || range.depth !== 0) return false
    const lines = []
    for (let index = range.startIndex; index < range.endIndex; index += 1) lines.push(state.doc.child(index))
    if (!lines.every(({ isTextblock }) => isTextblock)) return false
    const paragraphs = lines.map(({ content, attrs: { id } }) => paragraph.create({ id }, content))
    const { from } = state.selection
    tr.replaceWith(range.start, range.end, pullQuote.create(null, [...paragraphs, attribution.create()]))
    selectInside(tr, range.start, false)
    tr.setSelection(TextSelection.near(tr.doc.resolve(from + 1)))
    return true
  })
  editor.commands.focus()
}

const containerTypes = ['pullQuote', 'factBox', 'table']

/** The block at the outermost level in which the caret is, or which is selected. */
export function topLevelBlock({ selection }: EditorState) {
  const { $from } = selection
  if (selection instanceof NodeSelection && $from.depth === 0) return { node: selection.node, at: $from.pos }
  return $from.depth === 0 ? null : { node: $from.node(1), at: $from.before(1) }
}

/** Out of a box, into a line below it that is made for it. */
export const exitContainer: Command = (state, dispatch) => {
  const topLevel = topLevelBlock(state)
  const { paragraph } = state.schema.nodes
  if (!topLevel || !paragraph || !(containerTypes.includes(topLevel.node.type.name) || topLevel.node.isAtom))
    return false
  if (dispatch) {
    const below = topLevel.at + topLevel.node.nodeSize
    const tr = state.tr.insert(below, paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, below + 1)).scrollIntoView())
  }
  return true
}

/** Before the first block and behind the last one there is always a line to be had, by going there. */
export const exitAtEdge =
  (side: 'up' | 'down'): Command =>
  (state, dispatch, view) => {
    const topLevel = topLevelBlock(state)
    const { paragraph } = state.schema.nodes
    if (!topLevel || !paragraph || !(containerTypes.includes(topLevel.node.type.name) || topLevel.node.isLeaf))
      return false
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

/** Is the caret in the last line of its box, or the first one? In a table: in the last row. */
function isAtEdge(state: EditorState, containerPos: number, side: 'up' | 'down'): boolean {
  const { $from } = state.selection
  const table = tableAtCaret(state)
  if (table) return side === 'up' ? $from.index(1) === 0 : $from.index(1) === table.table.childCount - 1
  const container = state.doc.nodeAt(containerPos)
  const edge = side === 'up' ? containerPos + 1 : containerPos + (container?.nodeSize ?? 0) - 1
  return side === 'up' ? $from.start() - edge <= $from.depth : edge - $from.end() <= $from.depth
}

/** Enter in a pull quote: from its words to whose they are, and from there below it. */
export const enterInPullQuote: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if ($from.depth < 2 || $from.node(-1).type.name !== 'pullQuote' || !empty) return false
  if ($from.parent.type.name === 'attribution') return exitContainer(state, dispatch)
  const next = $from.node(-1).maybeChild($from.index(-1) + 1)
  if (next?.type.name !== 'attribution' || $from.parentOffset < $from.parent.content.size) return false
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.after() + 1)).scrollIntoView())
  return true
}

/** Takes the block away in which the caret is. */
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
