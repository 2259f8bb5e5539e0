import type { EditorState, Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Doc, XmlFragment } from 'yjs'

/** What y-tiptap keeps of the tie between an editor and its document, as far as it is needed here. */
export type Binding = { doc: Doc; type: XmlFragment; mapping: Map<never, never>; beforeTransactionSelection: unknown }

export function bindingOf(state: EditorState): Binding | null {
  const synced = ySyncPluginKey.getState(state) as { binding?: Binding } | undefined
  return synced?.binding ?? null
}

/** Whether a change of an editor was made because its document has changed: by others, or by undoing. */
export function isFromDocument(transaction: Transaction): boolean {
  return syncMeta(transaction)?.isChangeOrigin === true
}

/** Whether it was made because others wrote. */
export function isRemoteChange(transaction: Transaction): boolean {
  return isFromDocument(transaction) && syncMeta(transaction)?.isUndoRedoOperation !== true
}

function syncMeta(transaction: Transaction): { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | null {
  const meta: unknown = transaction.getMeta(ySyncPluginKey)
  return typeof meta === 'object' ? meta : null
}
