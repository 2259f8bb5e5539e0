import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import {
  BUILD_HEADER,
  encodeSyncRequest,
  fromWire,
  PRESENCE_HEADER,
  withProtocolVersion,
  WRITER_HEADER,
  type MissingUpdates,
  type OrphanedText,
  type RestoredNotice,
  type SyncResponse,
} from '@/domain/collaboration/protocol'
import { Backoff } from '@/lib/backoff'
import { flushFailures, syncErrorFrom, type FlushResult, type SyncError } from './sync-error'

/** Updates are batched for this long. Milliseconds. */
const PUSH_DELAY = 600

/** Milliseconds. */
const RESPONSE_TIMEOUT = 15_000

/** Milliseconds. */
const RETRY_DELAY = { first: 1000, last: 30_000, jitter: true }
/** The person may sign in in another tab at any time. Milliseconds. */
const MAX_DELAY_SIGNED_OUT = 5000

/** The origin of Yjs transactions with remote updates, which are not sent back. */
export const REMOTE_ORIGIN = 'remote'

export type SyncClientState = {
  error: SyncError | null
  pending: boolean
  savedAt: Date | null
  /** The number of the revision that has text of this tab whose surroundings were deleted. */
  orphanedIn: number | null
}

type Options = {
  document: Y.Doc
  address: string
  userId: number
  onChange: () => void
  /** Persists unsent updates before a remote deletion removes their content from the document; empty once all are acknowledged. */
  saveUnsent: (update: Uint8Array) => void
  /** The draft was restored while this tab was disconnected. */
  onRestored?: (notice: RestoredNotice) => void
  presenceHeader?: () => string | null
}

/** Syncs the document with the server, one request at a time: sends each update until it is acknowledged, and applies those of others. */
export class SyncClient {
  /** Local updates that are not acknowledged, as they were made: the document drops the content that others delete. */
  private unsent: Uint8Array[] = []
  private serverState = new Map<number, number>()
  private sendsWhole = false
  private hasSynced = false
  private orphanedIn: number | null = null
  /** The build of the last response. */
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

  /** @param sequenceBefore the server's sequence when the request was sent */
  applyResponse(response: SyncResponse, sequenceBefore = 0) {
    this.applyUpdate(fromBase64(response.missing))
    const vector = Y.decodeStateVector(fromBase64(response.vector))
    // After a restored backup the server has less than before; where it lacks only deletions, its sequence is lower.
    const isRolledBack = response.sequence < sequenceBefore
    const hasLostUpdates =
      isRolledBack || [...this.serverState].some(([client, clock]) => (vector.get(client) ?? 0) < clock)
    if (hasLostUpdates && this.unsent.length === 0)
      this.queueUpdate(Y.encodeStateAsUpdate(this.options.document, fromBase64(response.vector)))
    this.serverState = vector
    // Events that arrived since the request count, except after a rollback: the server counts on from its own sequence.
    this.sequence = isRolledBack ? response.sequence : Math.max(this.sequence, response.sequence)
    this.version = response.version
    this.savedAt = new Date(response.savedAt)
    this.orphanedIn = response.orphanedIn ?? this.orphanedIn
    // The first response of a tab has nothing that it missed.
    if (this.hasSynced && response.restoredNotice && response.restoredNotice.sequence > sequenceBefore)
      this.options.onRestored?.(response.restoredNotice)
    this.hasSynced = true
  }

  /** A local update. */
  queueUpdate(update: Uint8Array) {
    this.unsent.push(update)
    if (this.error && !this.error.isRetryable) this.error = null
    if (this.timer === undefined && !this.inFlight) this.schedulePush(PUSH_DELAY)
    this.options.onChange()
  }

  /** A remote update from the event stream; without the update itself, or after a gap, the client syncs. */
  receiveUpdate({ sequence, update }: { sequence: number; update?: string }) {
    if (sequence <= this.sequence) return
    if (update === undefined || sequence > this.sequence + 1) return this.sync()
    const bytes = fromBase64(update)
    this.applyUpdate(bytes)
    this.sequence = sequence
    for (const [client, clock] of Y.parseUpdateMeta(bytes).to)
      this.serverState.set(client, Math.max(clock, this.serverState.get(client) ?? 0))
  }

  /** Somebody deleted text that they had not seen; `writers` are the Yjs clients that wrote it. */
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

  /** Syncs now, or again after the request in flight. */
  sync() {
    if (this.inFlight) this.pushAgain = true
    else void this.push()
  }

  /** Syncs at least once, until nothing is unsent. */
  async flush(): Promise<FlushResult> {
    do {
      // The request in flight may not have the last updates.
      await this.inFlight
      await this.push()
      if (this.error) return { ok: false, reason: flushFailures[this.error.kind] }
    } while (this.unsent.length > 0)
    return { ok: true, version: this.version }
  }

  /** Sends unsent updates with `keepalive`, so that the request outlives the page. */
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
    const sentCount = this.unsent.length === 0 ? 0 : countWithin(this.unsent, MAX_SENT_SIZE)
    const sequenceBefore = this.sequence
    let response: Response
    try {
      response = await this.send({ signal: AbortSignal.timeout(RESPONSE_TIMEOUT) }, sentCount)
      if (!response.ok) return await syncErrorFrom(response)
      this.build = response.headers.get(BUILD_HEADER)
      const result = fromWire(await response.json()) as SyncResponse | MissingUpdates
      if (!('lacksUpdates' in result)) {
        this.unsent.splice(0, sentCount)
        this.applyResponse(result, sequenceBefore)
        this.sendsWhole = false
        if (this.unsent.length === 0) this.options.saveUnsent(new Uint8Array())
        return null
      }
      this.unsent.unshift(Y.encodeStateAsUpdate(this.options.document, fromBase64(result.vector)))
      // If the server lacks something after that, this document lacks it as well.
      this.sendsWhole = true
      return { kind: 'failed', message: 'something did not arrive', isRetryable: true }
    } catch {
      return { kind: 'offline', message: 'the newsroom cannot be reached', isRetryable: true }
    }
  }

  private send(init: RequestInit, count = this.unsent.length): Promise<Response> {
    const { document, address, userId, presenceHeader } = this.options
    const body = encodeSyncRequest({
      vector: Y.encodeStateVector(document),
      update: count === 0 ? new Uint8Array() : Y.mergeUpdates(this.unsent.slice(0, count)),
    })
    const presence = presenceHeader?.() ?? null
    const headers = {
      'content-type': 'application/octet-stream',
      [WRITER_HEADER]: String(userId),
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

/** Updates of one request: a long offline session or a large paste is sent in several, so that no merge takes long. Bytes. */
const MAX_SENT_SIZE = 256 * 1024

/** How many of the first updates fit into a size; at least one. */
function countWithin(updates: readonly Uint8Array[], size: number): number {
  let [count, total] = [0, 0]
  for (const update of updates) {
    total += update.length
    if (count > 0 && total > size) break
    count += 1
  }
  return count
}
