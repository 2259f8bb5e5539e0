import * as Y from 'yjs'
import type { DeviceCipher } from './device-cipher'
import { openDatabase, UPDATES_STORE } from './update-database'

/** A hidden tab draws no frames. Milliseconds. */
const MAX_DELAY = 100

/** So many records are merged into one. */
const MAX_RECORDS = 500

/**
 * Stores a document's updates in IndexedDB, encrypted, and applies those that are there. The updates of a frame are written together, after it is
 * drawn: one write takes a tenth of the time of a key. And when the page is hidden or closed.
 */
export class EncryptedUpdates {
  /** Null until it is open, and once it is lost. */
  db: IDBDatabase | null = null
  /** Whether the stored updates are applied. */
  synced = false
  readonly whenSynced: Promise<void>
  private pending: Uint8Array[] = []
  private isScheduled = false
  private records = 0
  private destroyed = false

  constructor(
    name: string,
    private readonly document: Y.Doc,
    private readonly cipher: DeviceCipher,
  ) {
    document.on('update', this.enqueue)
    document.on('destroy', this.destroy)
    window.addEventListener('pagehide', this.flush)
    window.document.addEventListener('visibilitychange', this.flush)
    // A database that cannot be opened is as one that never opens.
    this.whenSynced = this.load(name).catch(() => new Promise<void>(() => undefined))
  }

  /** The whole document, encrypted. */
  sealedState = () => this.cipher.seal(Y.encodeStateAsUpdate(this.document))

  destroy = () => {
    if (this.destroyed) return
    this.flush()
    this.destroyed = true
    this.document.off('update', this.enqueue)
    this.document.off('destroy', this.destroy)
    window.removeEventListener('pagehide', this.flush)
    window.document.removeEventListener('visibilitychange', this.flush)
    this.db?.close()
  }

  private async load(name: string) {
    const db = await openDatabase(name)
    if (this.destroyed) return db.close()
    this.db = db
    await new Promise<void>((resolve, reject) => {
      const transaction = db.transaction(UPDATES_STORE, 'readwrite')
      const store = transaction.objectStore(UPDATES_STORE)
      // What the document has already, from the server, is not in the database.
      const state = Y.encodeStateAsUpdate(this.document)
      const request = store.getAll()
      request.onsuccess = () => {
        this.apply(request.result as Uint8Array[])
        store.add(this.cipher.seal(state))
        resolve()
      }
      transaction.onabort = () => reject(transaction.error ?? new Error('The database failed.'))
    })
    if (!this.destroyed) this.synced = true
  }

  /** @returns whether all could be read */
  private apply(records: Uint8Array[]): boolean {
    const updates = records.map((record) => this.cipher.open(record))
    if (this.destroyed) return false
    this.document.transact(() => {
      for (const update of updates) if (update !== null) Y.applyUpdate(this.document, update)
    }, this)
    this.records = records.length
    return !updates.includes(null)
  }

  private readonly enqueue = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return
    this.pending.push(update)
    if (this.isScheduled) return
    this.isScheduled = true
    setTimeout(this.flush, MAX_DELAY)
    requestAnimationFrame(() => setTimeout(this.flush))
  }

  private readonly flush = () => {
    this.isScheduled = false
    if (this.pending.length === 0 || this.db === null || this.destroyed) return
    const update = this.pending.length === 1 ? this.pending[0] : Y.mergeUpdates(this.pending)
    this.pending = []
    if (update === undefined) return
    const store = this.db.transaction(UPDATES_STORE, 'readwrite').objectStore(UPDATES_STORE)
    store.add(this.cipher.seal(update))
    this.records += 1
    if (this.records >= MAX_RECORDS) this.compact(store)
  }

  /** One record in place of many, other tabs' among them; those that cannot be read stay. */
  private compact(store: IDBObjectStore) {
    const keys = store.getAllKeys()
    keys.onsuccess = () => {
      const last = keys.result.at(-1)
      const records = store.getAll()
      records.onsuccess = () => {
        if (last === undefined || !this.apply(records.result as Uint8Array[])) return
        store.add(this.sealedState())
        store.delete(IDBKeyRange.upperBound(last))
        this.records = 1
      }
    }
  }
}
