import * as Y from 'yjs'
import {
  PRESENCE_HEADER,
  BUILD_HEADER,
  encodeSyncRequest,
  fromBase64,
  withProtocolVersion,
  type RestoredNotice,
  type OrphanedText,
  type SyncResponse,
  type MissingUpdates,
} from '@/domain/collaboration/protocol'
import { Backoff } from '@/lib/backoff'
import { syncErrorFrom, flushFailures, type SyncError } from './sync-error'
import type { FlushResult } from '../session/session-context'

/** Words go out this long after the first of them was typed. Milliseconds. */
const PUSH_DELAY = 600

/** An answer that takes longer does not come. Milliseconds. */
const RESPONSE_TIMEOUT = 15_000

/** After a failure it is tried again after so long, and twice as long each time; signing in again is waited for with less patience. */
const RETRY_DELAY = { first: 1000, last: 30_000, jitter: true }
const MAX_DELAY_SIGNED_OUT = 5000

/** What came from the newsroom is not sent there again. */
export const REMOTE_ORIGIN = 'from the newsroom'

export type SyncClientState = {
  error: SyncError | null
  pending: boolean
  savedAt: Date | null
  /** The number of the version that keeps words of this tab whose place somebody removed. */
  orphanedIn: number | null
}

type Options = {
  document: Y.Doc
  address: string
  userId: number
  onChange: () => void
  /** Keeps on the device what is on its way, before others' removals take it out of the document; empty when all has arrived. */
  saveUnsent: (update: Uint8Array) => void
  /** Somebody put the draft back while this tab did not hear of it. */
  onRestored?: (putBack: RestoredNotice) => void
  /** What is said along with the words: where this tab is. */
  presenceHeader?: () => string | null
}

/** Carries words to the newsroom, one load at a time, until each is acknowledged, and brings those of others back. */
export class SyncClient {
  /** What was written here and is not acknowledged, letter by letter as it was written: the document forgets what others remove. */
  private unsent: Uint8Array[] = []
  private serverState = new Map<number, number>()
  private sendsWhole = false
  private hasSynced = false
  private orphanedIn: number | null = null
  /** Which build of the newsroom answered last. */
  build: string | null = null
  private sequence = 0
  private version = 0
  private savedAt: Date | null = null
  private error: SyncError | null = null
  private readonly backoff = new Backoff(RETRY_DELAY)
  private retryDelay = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private inFlight: Promise<void> | null = null
  private pushAgain = false
  private closed = false

  constructor(
    private readonly options: Options,
    private readonly lineage: string,
  ) {}

  state(): SyncClientState {
    return {
      error: this.error,
      pending: this.unsent.length > 0,
      savedAt: this.savedAt,
      orphanedIn: this.orphanedIn,
    }
  }

  /**
   * What the newsroom has, as it said itself.
   * @param sequenceBefore how far it had counted when it was asked
   */
  applyResponse(answer: SyncResponse, sequenceBefore = 0) {
    this.applyUpdate(fromBase64(answer.missing))
    const vector = Y.decodeStateVector(fromBase64(answer.vector))
    // A newsroom that was brought back from a backup knows less than it did; where only deletions are missing, it has counted less.
    const isRolledBack = answer.sequence < sequenceBefore
    const hasLostUpdates =
      isRolledBack || [...this.serverState].some(([client, clock]) => (vector.get(client) ?? 0) < clock)
    if (hasLostUpdates && this.unsent.length === 0)
      this.queueUpdate(Y.encodeStateAsUpdate(this.options.document, fromBase64(answer.vector)))
    this.serverState = vector
    // What was heard since it was asked is not taken back; but what it tells from now on follows what it has now.
    this.sequence = isRolledBack ? answer.sequence : Math.max(this.sequence, answer.sequence)
    this.version = answer.version
    this.savedAt = new Date(answer.savedAt)
    this.orphanedIn = answer.strandedIn ?? this.orphanedIn
    // Who has just come sees what is there, and misses nothing.
    if (this.hasSynced && answer.putBack && answer.putBack.sequence > sequenceBefore)
      this.options.onRestored?.(answer.putBack)
    this.hasSynced = true
  }

  /** Somebody wrote here. */
  queueUpdate(update: Uint8Array) {
    this.unsent.push(update)
    if (this.error && !this.error.isRetryable) this.error = null
    if (this.timer === undefined && !this.inFlight) this.schedulePush(PUSH_DELAY)
    this.options.onChange()
  }

  /** Somebody wrote elsewhere. */
  receiveUpdate({ sequence, update }: { sequence: number; update?: string }) {
    if (sequence <= this.sequence) return
    if (update === undefined || sequence > this.sequence + 1) return this.sync()
    const bytes = fromBase64(update)
    this.applyUpdate(bytes)
    this.sequence = sequence
    for (const [client, clock] of Y.parseUpdateMeta(bytes).to)
      this.serverState.set(client, Math.max(clock, this.serverState.get(client) ?? 0))
  }

  /** Somebody took words away that they had not seen. They may be this tab's. */
  receiveOrphaned({ number, writers }: OrphanedText) {
    if (!writers.includes(this.options.document.clientID)) return
    this.orphanedIn = number
    this.options.onChange()
  }

  private applyUpdate(update: Uint8Array) {
    if (this.unsent.length > 0 && Y.decodeUpdate(update).ds.clients.size > 0)
      this.options.saveUnsent(Y.mergeUpdates(this.unsent))
    Y.applyUpdate(this.options.document, update, REMOTE_ORIGIN)
  }

  /** Goes now: the network is back, somebody signed in again, or something was missed. */
  sync() {
    // What is under way may have left before.
    if (this.inFlight) this.pushAgain = true
    else void this.push()
  }

  /** Goes until nothing is left to carry, at least once: then the screen shows what the newsroom keeps, as `version`. */
  async flush(): Promise<FlushResult> {
    do {
      // What is under way left before the last words were typed.
      await this.inFlight
      await this.push()
      if (this.error) return { ok: false, reason: flushFailures[this.error.kind] }
    } while (this.unsent.length > 0)
    return { ok: true, version: this.version }
  }

  /** The page goes away: what is not acknowledged is handed to the browser, which sends it when the page is gone. */
  sendOnUnload() {
    if (this.unsent.length > 0) void this.send({ keepalive: true }).catch(() => undefined)
  }

  close() {
    this.closed = true
    clearTimeout(this.timer)
    this.sendOnUnload()
  }

  private schedulePush(milliseconds: number) {
    clearTimeout(this.timer)
    if (!this.closed) this.timer = setTimeout(() => this.sync(), milliseconds)
  }

  private push(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.pushAgain = false
    this.inFlight ??= this.pushAndRecord().finally(() => {
      this.inFlight = null
      if (this.pushAgain && !this.error) this.schedulePush(0)
      else if (this.error?.isRetryable) this.schedulePush(this.retryDelay)
      else if (!this.error && this.unsent.length > 0) this.schedulePush(PUSH_DELAY)
      this.options.onChange()
    })
    return this.inFlight
  }

  private async pushAndRecord() {
    this.error = await this.pushOnce()
    if (this.error)
      this.retryDelay = this.backoff.next(this.error.kind === 'signed-out' ? MAX_DELAY_SIGNED_OUT : undefined)
    else this.backoff.reset()
  }

  private async pushOnce(): Promise<SyncError | null> {
    const sentCount = this.unsent.length
    const sequenceBefore = this.sequence
    let response: Response
    try {
      response = await this.send({ signal: AbortSignal.timeout(RESPONSE_TIMEOUT) })
      if (!response.ok) return await syncErrorFrom(response)
      this.build = response.headers.get(BUILD_HEADER)
      const answer = (await response.json()) as SyncResponse | MissingUpdates
      if (!('behind' in answer)) {
        this.unsent.splice(0, sentCount)
        this.applyResponse(answer, sequenceBefore)
        this.sendsWhole = false
        if (this.unsent.length === 0) this.options.saveUnsent(new Uint8Array())
        return null
      }
      this.unsent.unshift(Y.encodeStateAsUpdate(this.options.document, fromBase64(answer.vector)))
      // Where something is missing here as well, this is all there is.
      this.sendsWhole = true
      return { kind: 'failed', message: 'something did not arrive', isRetryable: true }
    } catch {
      return { kind: 'offline', message: 'the newsroom cannot be reached', isRetryable: true }
    }
  }

  private send(init: RequestInit): Promise<Response> {
    const { document, address, userId, presenceHeader } = this.options
    const body = encodeSyncRequest({
      vector: Y.encodeStateVector(document),
      update: this.unsent.length === 0 ? new Uint8Array() : Y.mergeUpdates(this.unsent),
    })
    const presence = presenceHeader?.() ?? null
    const headers = {
      'content-type': 'application/octet-stream',
      'x-writer': String(userId),
      ...(presence !== null && { [PRESENCE_HEADER]: presence }),
    }
    return fetch(withProtocolVersion(`${address}?lineage=${this.lineage}${this.sendsWhole ? '&whole' : ''}`), {
      method: 'POST',
      body,
      headers,
      ...init,
    })
  }
}
