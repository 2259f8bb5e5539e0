import type { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { waitAtMost } from './wait-at-most'

/** A browser that does not answer for so long keeps nothing, until it does. Milliseconds. */
const ANSWERS_WITHIN = 3000

/** After a failure all is kept anew after so long, and twice as long each time. Milliseconds. */
const TRIES_AGAIN_AFTER = { first: 1000, last: 30_000 }

/** Words that the newsroom does not have are on the disk itself after so long. Milliseconds. */
const ON_DISK_AFTER = 1000

/** Where y-indexeddb keeps what was written, update by update; and where there is room for anything else. */
const UPDATES = 'updates'
const ANYTHING = 'custom'

/**
 * Whether this device keeps a document. A browser that lets us keep words may stop doing so: the disk is full, what pages kept is cleared, the line to
 * its database is lost. It says so in an event and nowhere else. From then on nobody is told that their words are kept, until all of them are again.
 */
export class KeptHere {
  /** Told whenever the answer changes. */
  onNews: () => void = () => undefined
  private kept = false
  private place: IndexeddbPersistence | null = null
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private toDisk: ReturnType<typeof setTimeout> | undefined
  private closed = false

  /** @param open opens the place on the device, with the document in it */
  constructor(
    private readonly document: Y.Doc,
    private readonly open: () => IndexeddbPersistence,
  ) {}

  isKept = () => this.kept

  /** @returns whether the device keeps the document, and what it kept of it before is in it */
  async begin(): Promise<boolean> {
    const place = this.open()
    this.place = place
    const synced = place.whenSynced.then(() => this.hear(place))
    await waitAtMost(synced, ANSWERS_WITHIN)
    if (!place.synced) this.fail()
    return this.kept
  }

  /**
   * Has what is kept so far, and what is written within a second, brought to the disk. Left alone, browsers hand it to the operating system, and a
   * laptop whose battery dies takes the last half minute with it (Indexed Database API 3.0, “durability”: what comes before a strict
   * transaction is on the disk when that is).
   */
  bringToDisk() {
    this.toDisk ??= setTimeout(() => {
      this.toDisk = undefined
      try {
        const writing = this.place?.db?.transaction(ANYTHING, 'readwrite', { durability: 'strict' })
        writing?.objectStore(ANYTHING).put(Date.now(), 'brought to the disk')
      } catch {
        // It closes in this moment, and says so by itself.
      }
    }, ON_DISK_AFTER)
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    clearTimeout(this.toDisk)
  }

  private hear(place: IndexeddbPersistence) {
    if (place !== this.place || this.closed) return
    const { db } = place
    // What fails in it, down to a single request that no room was left for, comes up to here.
    db?.addEventListener('abort', () => this.fail())
    // Closed by the browser, or because somebody clears what pages kept: nothing can be written there any more, and trying would throw.
    for (const ends of ['close', 'versionchange']) db?.addEventListener(ends, () => this.lose(place))
    this.say(true)
  }

  private lose(place: IndexeddbPersistence) {
    if (place !== this.place) return
    this.place = null
    // Whatever still comes to be written there is in the document, and will be kept with all of it.
    place.db = null
    void Promise.resolve(place.destroy()).catch(() => undefined)
    this.fail()
  }

  private fail() {
    this.failures += 1
    this.say(false)
    clearTimeout(this.timer)
    const { first, last } = TRIES_AGAIN_AFTER
    if (!this.closed) this.timer = setTimeout(() => this.tryAgain(), Math.min(last, first * 2 ** (this.failures - 1)))
  }

  private tryAgain() {
    if (this.place === null) void this.begin()
    else if (this.place.db) this.keepAll(this.place.db)
    // One that the browser did not open keeps nothing until it does, or until the page is loaded again.
  }

  /** All of it: whatever failed to be kept was a part, and what came after it would have no beginning. */
  private keepAll(db: IDBDatabase) {
    const { failures } = this
    try {
      const writing = db.transaction(UPDATES, 'readwrite')
      writing.objectStore(UPDATES).add(Y.encodeStateAsUpdate(this.document))
      writing.addEventListener('complete', () => {
        // What was written meanwhile may have failed.
        if (failures !== this.failures) return
        this.failures = 0
        this.say(true)
      })
    } catch {
      this.fail()
    }
  }

  private say(kept: boolean) {
    if (this.kept === kept) return
    this.kept = kept
    this.onNews()
  }
}
