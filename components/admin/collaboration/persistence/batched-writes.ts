import type { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'

/** No frame is drawn in a tab that nobody sees. Milliseconds. */
const MAX_DELAY = 100

/**
 * Has a device keep what is written once the letter is drawn, and not before: y-indexeddb takes a tenth of a key's time for each. What is
 * written within one frame is kept together. Whoever closes the tab or leaves it loses nothing of it.
 */
export function batchWritesPerFrame(document: Y.Doc, provider: IndexeddbPersistence) {
  const store = provider._storeUpdate
  let pending: Uint8Array[] = []
  let isScheduled = false
  const flush = () => {
    isScheduled = false
    if (pending.length === 0) return
    const merged = pending.length === 1 ? pending[0] : Y.mergeUpdates(pending)
    pending = []
    if (merged) store(merged, null)
  }
  const enqueue = (update: Uint8Array, origin: unknown) => {
    if (origin === provider) return
    pending.push(update)
    if (isScheduled) return
    isScheduled = true
    setTimeout(flush, MAX_DELAY)
    requestAnimationFrame(() => setTimeout(flush))
  }
  document.off('update', store)
  // By this name the package takes its listener off again when the place is lost or closed.
  provider._storeUpdate = enqueue
  document.on('update', enqueue)
  window.addEventListener('pagehide', flush)
  window.document.addEventListener('visibilitychange', flush)
  document.on('destroy', () => {
    flush()
    window.removeEventListener('pagehide', flush)
    window.document.removeEventListener('visibilitychange', flush)
  })
}
