import type { EditorState, Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Doc, XmlFragment } from 'yjs'

/** The binding of y-tiptap between an editor and its Yjs document; the parts used here. */
export type Binding = {
  doc: Doc
  type: XmlFragment
  mapping: Map<never, never>
  beforeTransactionSelection: unknown
  /** Runs `work` without the editor being updated by the changes of the document in it. */
  mux: (work: () => void) => void
}

export function bindingOf(state: EditorState): Binding | null {
  const synced = ySyncPluginKey.getState(state) as { binding?: Binding } | undefined
  return synced?.binding ?? null
}

/** Whether an editor's transaction comes from its Yjs document: from others, or from undo. */
export function isFromDocument(transaction: Transaction): boolean {
  return syncMeta(transaction)?.isChangeOrigin === true
}

export function isRemoteChange(transaction: Transaction): boolean {
  return isFromDocument(transaction) && syncMeta(transaction)?.isUndoRedoOperation !== true
}

function syncMeta(transaction: Transaction): { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | null {
  const meta: unknown = transaction.getMeta(ySyncPluginKey)
  return typeof meta === 'object' ? meta : null
}
