import type { EditorState, Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Doc, XmlFragment } from 'yjs'

/** What y-tiptap keeps of the tie between an editor and its document, as far as it is needed here. */
export type Binding = { doc: Doc; type: XmlFragment; mapping: Map<never, never>; beforeTransactionSelection: unknown }

export function bindingIn(state: EditorState): Binding | null {
  const synced = ySyncPluginKey.getState(state) as { binding?: Binding } | undefined
  return synced?.binding ?? null
}

/** Whether a change of an editor was made because its document has changed: by others, or by undoing. */
export function isFromDocument(transaction: Transaction): boolean {
  return told(transaction)?.isChangeOrigin === true
}

/** Whether it was made because others wrote. */
export function isFromOthers(transaction: Transaction): boolean {
  return isFromDocument(transaction) && told(transaction)?.isUndoRedoOperation !== true
}

function told(transaction: Transaction): { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | null {
  const meta: unknown = transaction.getMeta(ySyncPluginKey)
  return typeof meta === 'object' ? meta : null
}
