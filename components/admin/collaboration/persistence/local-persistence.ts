import type { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { Backoff } from '@/lib/backoff'
import { withDeadline } from '@/lib/deadline'

/** A browser that does not answer for so long keeps nothing, until it does. Milliseconds. */
const OPEN_TIMEOUT = 3000

/** After a failure all is kept anew after so long, and twice as long each time. Milliseconds. */
const RETRY_DELAY = { first: 1000, last: 30_000 }

/** Words that the newsroom does not have are on the disk itself after so long. Milliseconds. */
const FLUSH_DELAY = 1000

/** Where y-indexeddb keeps what was written, update by update; and where there is room for anything else. */
const UPDATES_STORE = 'updates'
const CUSTOM_STORE = 'custom'

/**
 * Whether this device keeps a document. A browser that lets us keep words may stop doing so: the disk is full, what pages kept is cleared, the line to
 * its database is lost. It says so in an event and nowhere else. From then on nobody is told that their words are kept, until all of them are again.
 */
export class LocalPersistence {
  /** Told whenever the answer changes. */
  onChange: () => void = () => undefined
  private persisted = false
  private provider: IndexeddbPersistence | null = null
  private readonly backoff = new Backoff(RETRY_DELAY)
  private timer: ReturnType<typeof setTimeout> | undefined
  private flushTimer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  /** @param open opens the place on the device, with the document in it */
  constructor(
    private readonly document: Y.Doc,
    private readonly open: () => IndexeddbPersistence,
  ) {}

  isPersisted = () => this.persisted

  /** @returns whether the device keeps the document, and what it kept of it before is in it */
  async start(): Promise<boolean> {
    const provider = this.open()
    this.provider = provider
    const synced = provider.whenSynced.then(() => this.onSynced(provider))
    await withDeadline(OPEN_TIMEOUT, synced, () => null)
    if (!provider.synced) this.fail()
    return this.persisted
  }

  /**
   * Has what is kept so far, and what is written within a second, brought to the disk. Left alone, browsers hand it to the operating system, and a
   * laptop whose battery dies takes the last half minute with it (Indexed Database API 3.0, “durability”: what comes before a strict
   * transaction is on the disk when that is).
   */
  flushToDisk() {
    this.flushTimer ??= setTimeout(() => {
      this.flushTimer = undefined
      try {
        const transaction = this.provider?.db?.transaction(CUSTOM_STORE, 'readwrite', { durability: 'strict' })
        transaction?.objectStore(CUSTOM_STORE).put(Date.now(), 'brought to the disk')
      } catch {
        // It closes in this moment, and says so by itself.
      }
    }, FLUSH_DELAY)
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    clearTimeout(this.flushTimer)
  }

  private onSynced(provider: IndexeddbPersistence) {
    if (provider !== this.provider || this.closed) return
    const { db } = provider
    // What fails in it, down to a single request that no room was left for, comes up to here.
    db?.addEventListener('abort', () => this.fail())
    // Closed by the browser, or because somebody clears what pages kept: nothing can be written there any more, and trying would throw.
    for (const event of ['close', 'versionchange']) db?.addEventListener(event, () => this.onLost(provider))
    this.setPersisted(true)
  }

  private onLost(provider: IndexeddbPersistence) {
    if (provider !== this.provider) return
    this.provider = null
    // Whatever still comes to be written there is in the document, and will be kept with all of it.
    provider.db = null
    void Promise.resolve(provider.destroy()).catch(() => undefined)
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
    else if (this.provider.db) this.storeAll(this.provider.db)
    // One that the browser did not open keeps nothing until it does, or until the page is loaded again.
  }

  /** All of it: whatever failed to be kept was a part, and what came after it would have no beginning. */
  private storeAll(db: IDBDatabase) {
    const { failures } = this.backoff
    try {
      const transaction = db.transaction(UPDATES_STORE, 'readwrite')
      transaction.objectStore(UPDATES_STORE).add(Y.encodeStateAsUpdate(this.document))
      transaction.addEventListener('complete', () => {
        // What was written meanwhile may have failed.
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
