import type { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'

/** No frame is drawn in a tab that nobody sees. Milliseconds. */
const AT_THE_LATEST = 100

/**
 * Has a device keep what is written once the letter is drawn, and not before: y-indexeddb takes a tenth of a key's time for each. What is
 * written within one frame is kept together. Whoever closes the tab or leaves it loses nothing of it.
 */
export function keepAfterEachFrame(document: Y.Doc, device: IndexeddbPersistence) {
  const keep = device._storeUpdate
  let written: Uint8Array[] = []
  let waits = false
  const keepNow = () => {
    waits = false
    if (written.length === 0) return
    const together = written.length === 1 ? written[0] : Y.mergeUpdates(written)
    written = []
    if (together) keep(together, null)
  }
  const note = (update: Uint8Array, origin: unknown) => {
    if (origin === device) return
    written.push(update)
    if (waits) return
    waits = true
    setTimeout(keepNow, AT_THE_LATEST)
    requestAnimationFrame(() => setTimeout(keepNow))
  }
  document.off('update', keep)
  // By this name the package takes its listener off again when the place is lost or closed.
  device._storeUpdate = note
  document.on('update', note)
  window.addEventListener('pagehide', keepNow)
  window.document.addEventListener('visibilitychange', keepNow)
  document.on('destroy', () => {
    keepNow()
    window.removeEventListener('pagehide', keepNow)
    window.document.removeEventListener('visibilitychange', keepNow)
  })
}
