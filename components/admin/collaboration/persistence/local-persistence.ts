import { Backoff } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'
import type { EncryptedUpdates } from './encrypted-updates'
import { CUSTOM_STORE, UPDATES_STORE } from './update-database'

/** A database that opens later than this counts as unavailable until it does. Milliseconds. */
const OPEN_TIMEOUT = 3000

/** Milliseconds. */
const RETRY_DELAY = { first: 1000, last: 30_000 }

/** Milliseconds. */
const FLUSH_DELAY = 1000

/**
 * Monitors and repairs the IndexedDB persistence of a document. Writes may begin to fail at any time (the disk is full, site data is cleared, the
 * database is closed), which only an event reports. The document counts as persisted again when all of it has been written once more.
 */
export class LocalPersistence {
  /** Called when `isPersisted` changes. */
  onChange: () => void = () => undefined
  private persisted = false
  private provider: EncryptedUpdates | null = null
  private readonly backoff = new Backoff(RETRY_DELAY)
  private timer: ReturnType<typeof setTimeout> | undefined
  private flushTimer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  /** @param open creates the provider of the document */
  constructor(private readonly open: () => EncryptedUpdates) {}

  isPersisted = () => this.persisted

  /** @returns whether the local copy is merged and the document is persisted */
  async start(): Promise<boolean> {
    const provider = this.open()
    this.provider = provider
    const synced = provider.whenSynced.then(() => this.onSynced(provider))
    await withDeadline(OPEN_TIMEOUT, synced, () => null)
    if (!provider.synced) this.fail()
    return this.persisted
  }

  /**
   * Flushes all writes of the next second to the disk. By default browsers leave that to the operating system, and a power failure loses the last half
   * minute (Indexed Database API 3.0, “durability”: a strict transaction flushes what was written before it).
   */
  flushToDisk() {
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = undefined
      try {
        const transaction = this.provider?.db?.transaction(CUSTOM_STORE, 'readwrite', { durability: 'strict' })
        transaction?.objectStore(CUSTOM_STORE).put(Date.now(), 'flushed at')
      } catch {
        // The database is closing; its event follows.
      }
    }, FLUSH_DELAY)
  }

  /** Writes the whole document, and flushes it to the disk. @throws where that fails */
  storeWhole(): Promise<void> {
    return new Promise((resolve, reject) => {
      const { provider } = this
      if (!provider?.db) throw new Error('The database is not open.')
      const transaction = provider.db.transaction(UPDATES_STORE, 'readwrite', { durability: 'strict' })
      transaction.objectStore(UPDATES_STORE).add(provider.sealedState())
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error ?? new Error('The document was not stored.'))
    })
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    clearTimeout(this.flushTimer)
  }

  private onSynced(provider: EncryptedUpdates) {
    if (provider !== this.provider || this.closed) return
    const { db } = provider
    // Aborted transactions bubble up to the database, also those of one request without disk space.
    db?.addEventListener('abort', () => this.fail())
    // Closed by the browser, or because site data is cleared: further writes would throw.
    for (const event of ['close', 'versionchange']) db?.addEventListener(event, () => this.onLost(provider))
    this.setPersisted(true)
  }

  private onLost(provider: EncryptedUpdates) {
    if (provider !== this.provider) return
    this.provider = null
    // Writes that still arrive are dropped: `storeAll` writes the whole document.
    const { db } = provider
    provider.db = null
    db?.close()
    provider.destroy()
    this.fail()
  }

  private fail() {
    const delay = this.backoff.next()
    this.setPersisted(false)
    clearTimeout(this.timer)
    if (!this.closed) this.timer = setTimeout(() => this.retry(), delay)
  }

  private retry() {
    if (this.provider === null) void this.start()
    else if (this.provider.db) this.storeAll(this.provider, this.provider.db)
    // A database that has not opened yet may still do so.
  }

  /** The whole document: updates that follow a failed write depend on it. */
  private storeAll(provider: EncryptedUpdates, db: IDBDatabase) {
    const { failures } = this.backoff
    try {
      const transaction = db.transaction(UPDATES_STORE, 'readwrite')
      transaction.objectStore(UPDATES_STORE).add(provider.sealedState())
      transaction.addEventListener('complete', () => {
        // Another write may have failed meanwhile.
        if (failures !== this.backoff.failures) return
        this.backoff.reset()
        this.setPersisted(true)
      })
    } catch {
      this.fail()
    }
  }

  private setPersisted(persisted: boolean) {
    if (this.persisted === persisted) return
    this.persisted = persisted
    this.onChange()
  }
}
