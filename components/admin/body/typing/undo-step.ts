import { closeHistory } from '@tiptap/pm/history'
import type { EditorView } from '@tiptap/pm/view'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import type { UndoManager } from 'yjs'

/** What comes next is an undo step of its own: in a shared document, and in a body alone. */
export function endUndoStep(view: EditorView): void {
  const shared = yUndoPluginKey.getState(view.state) as { undoManager?: UndoManager } | undefined
  if (shared?.undoManager) shared.undoManager.stopCapturing()
  else view.dispatch(closeHistory(view.state.tr))
}

/** Runs a change as an undo step of its own. */
export function asUndoStep<Result>(view: EditorView, work: () => Result): Result {
  endUndoStep(view)
  const result = work()
  endUndoStep(view)
  return result
}
