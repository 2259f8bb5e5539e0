import { Extension, type Editor } from '@tiptap/core'
import { isHistoryTransaction } from '@tiptap/pm/history'
import type { ResolvedPos } from '@tiptap/pm/model'
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { isFromDocument, isRemoteChange } from '../../collaboration/editor/editor-binding'
import { closedEmphasis, isNotClosedBefore } from './emphasis'
import { lineStart, textBefore, type Change } from './line-starts'
import { endUndoStep } from './undo-step'

/** The change that was made last, until something else is typed or the caret is moved. */
type LastChange = Pick<Change, 'isTakenBackBefore'> & {
  /** The line as it was typed, up to the caret, and its id. */
  line: TypedLine
  /** By how much the caret stands further behind without the change. */
  shift: number
}
type TypedLine = { id: unknown; text: string }
type ChangeState = { last: LastChange | null; declined: TypedLine[] }

const key = new PluginKey<ChangeState>('automaticChanges')

/**
 * All changes that are made while somebody types, in place of Tiptap's input rules. The signs stay typed text, the change is an undo step of
 * its own behind them: one Ctrl+Z, or Backspace right behind it, takes it back, and it is not made again in that line.
 */
export const AutomaticChanges = Extension.create({
  name: 'automaticChanges',
  // Before the keys of lists and tables.
  priority: 1050,
  addKeyboardShortcuts() {
    return { Backspace: ({ editor }) => takeBack(editor) }
  },
  addProseMirrorPlugins() {
    const { editor } = this
    let lineBeforeComposition = ''
    return [
      new Plugin<ChangeState>({
        key,
        state: { init: () => ({ last: null, declined: [] }), apply: nextState },
        appendTransaction: (transactions, before, now) => {
          const { last } = changeState(before)
          if (!last || !transactions.some(isUndo)) return null
          const caret = Math.min(before.selection.head + last.shift, now.doc.content.size)
          const $caret = now.doc.resolve(Math.max(0, caret))
          const isThere = $caret.parent.isTextblock && textBefore($caret).endsWith(last.line.text)
          return isThere
            ? now.tr.setSelection(TextSelection.create(now.doc, caret)).setMeta('addToHistory', false)
            : null
        },
        props: {
          handleTextInput: (view, from, to, text) => !view.composing && typeText(editor, from, to, text),
          handleDOMEvents: {
            compositionstart: (view) => {
              if (changeState(view.state).last?.isTakenBackBefore?.('x')) takeBack(editor)
              lineBeforeComposition = textBefore(view.state.selection.$from)
            },
            compositionend: (view) => {
              setTimeout(() => {
                if (view.isDestroyed || view.composing) return
                if (textBefore(view.state.selection.$from) !== lineBeforeComposition) makeChange(view)
              })
            },
          },
        },
      }),
    ]
  },
})

const changeState = (state: EditorState): ChangeState => key.getState(state) ?? { last: null, declined: [] }

function nextState(tr: Transaction, { last, declined }: ChangeState): ChangeState {
  const made = tr.getMeta(key) as LastChange | undefined
  if (made) return { last: made, declined }
  if (last && isUndo(tr)) return { last: null, declined: [...declined, last.line] }
  const follows = isRemoteChange(tr) || tr.getMeta('appendedTransaction') || tr.getMeta('addToHistory') === false
  return follows || !(tr.docChanged || tr.selectionSet) ? { last, declined } : { last: null, declined }
}

const isUndo = (tr: Transaction): boolean => isHistoryTransaction(tr) || (isFromDocument(tr) && !isRemoteChange(tr))

/** Undoes the change that was made last, if nothing has been typed since and the caret has not moved. @returns whether there was one */
function takeBack(editor: Editor): boolean {
  const { selection } = editor.state
  return selection.empty && changeState(editor.state).last !== null && editor.commands.undo()
}

/** @returns whether the text has been inserted */
function typeText(editor: Editor, from: number, to: number, text: string): boolean {
  const { view } = editor
  if (!view.state.doc.resolve(from).sameParent(view.state.doc.resolve(to))) return false
  const isTakenBack = changeState(view.state).last?.isTakenBackBefore?.(text) === true && takeBack(editor)
  const [start, end] = isTakenBack ? [view.state.selection.from, view.state.selection.to] : [from, to]
  const tr = view.state.tr.insertText(text, start, end).scrollIntoView()
  const isTrigger = /^[ \u00a0*_]$/u.test(text) && changeAt(tr.doc.resolve(start + text.length), view.state) !== null
  if (!isTakenBack && !isTrigger) return false
  view.dispatch(tr)
  if (isTrigger) makeChange(view)
  return true
}

function makeChange(view: EditorView) {
  const { $from, empty } = view.state.selection
  const change = empty ? changeAt($from, view.state) : null
  if (!change) return
  const line = typedLine($from)
  endUndoStep(view)
  const tr = change.apply(view.state.tr)
  const { isTakenBackBefore } = change
  const last: LastChange = { line, shift: $from.pos - tr.selection.head, isTakenBackBefore }
  view.dispatch(tr.setMeta(key, last).scrollIntoView())
  endUndoStep(view)
}

function changeAt($caret: ResolvedPos, state: EditorState): Change | null {
  if (!$caret.parent.isTextblock) return null
  const { id, text } = typedLine($caret)
  const isDeclined = changeState(state).declined.some((line) => line.id === id && line.text === text)
  return isDeclined ? null : (lineStart($caret) ?? emphasisAt($caret, text))
}

function emphasisAt($caret: ResolvedPos, text: string): Change | null {
  const found = closedEmphasis(text)
  const type = found && $caret.doc.type.schema.marks[found.mark]
  if (!type || !$caret.parent.type.allowsMarkType(type)) return null
  const { sign, open, close } = found
  const [from, to] = [$caret.start() + open, $caret.start() + close]
  return {
    apply: (tr) =>
      tr
        .delete(to, to + sign.length)
        .addMark(from, to, type.create())
        .delete(from, from + sign.length)
        .removeStoredMark(type),
    isTakenBackBefore: isNotClosedBefore,
  }
}

const typedLine = ($caret: ResolvedPos): TypedLine => ({
  id: ($caret.parent.attrs as { id?: unknown }).id ?? null,
  text: textBefore($caret),
})
