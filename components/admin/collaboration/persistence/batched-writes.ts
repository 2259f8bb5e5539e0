import type { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'

/** A hidden tab draws no frames. Milliseconds. */
const MAX_DELAY = 100

/** Writes the updates of a frame together, after it is drawn: one write takes a tenth of the time of a key. And when the page is hidden or closed. */
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
  // y-indexeddb removes its listener by this name.
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
