import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import type { PresenceField } from '@/domain/collaboration/presence/presence'
import { withProtocolVersion, type RestoredNotice, type SyncResponse } from '@/domain/collaboration/protocol'
import { onSignIn } from '../../sign-in/sign-in-broadcast'
import { openLocalCopy, saveUnsent, storedLineage, takeUnsent, type SignedInOwner } from '../persistence/device-storage'
import { findDivergentCopies, type DivergentCopy } from '../persistence/divergent-copy'
import type { LocalPersistence } from '../persistence/local-persistence'
import { Awareness } from '../presence/awareness'
import { StoryEventStream } from '../sync/event-stream'
import { REMOTE_ORIGIN, SyncClient } from '../sync/sync-client'
import { prefetchDocument, type Prefetch } from './prefetch'
import { statusOf, type SyncStatus } from './sync-status'

/** Delay between two attempts to open a story that neither the server nor this device has. Milliseconds. */
const RETRY_DELAY = 2000

/** @param address of the story's document; the addresses of its event stream and of presence begin with it */
type SessionOptions = SignedInOwner & { address: string; signal: AbortSignal }

/** Opens a story's document in this tab: the server's state merged with the local copy. */
export async function openDocumentSession(
  options: SessionOptions,
  prefetched: Prefetch | null,
): Promise<DocumentSession | null> {
  for (let prefetch = prefetched; !options.signal.aborted; prefetch = null) {
    const { response: pending, databases } = prefetch ?? prefetchDocument(options.address, options.signal)
    const response = await pending
    const lineage = response?.lineage ?? storedLineage(options)
    if (lineage !== null) {
      const document = new Y.Doc()
      const persistence = await openLocalCopy(document, options, { lineage, databases: await databases })
      if (response !== null || hasContent(document))
        return new DocumentSession(options, { document, lineage, persistence, response })
      persistence.close()
      document.destroy()
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY))
  }
  return null
}

const hasContent = ({ store }: Y.Doc) => store.clients.size > 0

const isEmpty = (document: Y.Doc) =>
  !hasContent(document) && document.store.pendingStructs === null && document.store.pendingDs === null

type OpenedDocument = {
  document: Y.Doc
  lineage: string
  persistence: LocalPersistence
  response: SyncResponse | null
}

/** A story's shared document, open in this tab: persisted on this device, synced with the server, with the presence of others. */
export class DocumentSession {
  readonly document: Y.Doc
  readonly awareness: Awareness
  /** Local copies of other documents of the story, which cannot be merged into this one. */
  readonly divergentCopies: () => Promise<DivergentCopy[]>
  private readonly persistence: LocalPersistence
  private isUnsentSaved = true
  private readonly client: SyncClient
  private readonly stream: StoryEventStream
  private readonly closing = new AbortController()
  private readonly listeners = new Set<() => void>()
  private lastRestored: RestoredNotice | null = null
  private remoteChangeCount = 0
  private isDisconnected = false
  private currentStatus: SyncStatus = { kind: 'saving' }

  constructor(options: SessionOptions, { document, lineage, persistence, response }: OpenedDocument) {
    const { address, userId } = options
    const tab = newTabId()
    this.document = document
    this.persistence = persistence
    this.divergentCopies = () => findDivergentCopies(options, address, lineage)
    const onRestored = (notice: RestoredNotice) => {
      // The person who restored it sees the result of the form.
      if (notice.person === userId) return
      this.lastRestored = notice
      this.notify()
    }
    this.client = new SyncClient(
      {
        ...options,
        document,
        onChange: () => this.notify(),
        saveUnsent: (update) => void (this.isUnsentSaved = saveUnsent(options, lineage, tab, update)),
        presenceHeader: () => this.awareness.headerValue(),
        onRestored,
      },
      lineage,
    )
    // Unsent updates of earlier tabs, queued before a remote update can delete what they insert into.
    for (const update of [...takeUnsent(options, lineage, tab), ...unsentUpdates(document, response)])
      this.client.queueUpdate(update)
    if (response) this.client.applyResponse(response)
    this.currentStatus = this.computeStatus()
    persistence.onChange = () => this.notify()
    document.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE_ORIGIN) this.client.queueUpdate(update)
    })
    this.awareness = new Awareness({
      tab,
      userId,
      address: `${address}/presence`,
      onChange: () => this.notify(),
      isSyncPending: () => {
        const { pending, error } = this.client.state()
        return pending && error === null
      },
      isPolling: () => this.stream.isPolling,
    })
    this.stream = new StoryEventStream(withProtocolVersion(`${address}/stream?tab=${tab}`), {
      onOpen: () => {
        this.client.sync()
        this.awareness.send()
        if (this.isDisconnected) this.remoteChangeCount += 1
        this.isDisconnected = false
        this.notify()
      },
      onLost: () => {
        this.isDisconnected = true
        this.awareness.clearPeers()
        this.notify()
      },
      onUpdate: (update) => {
        this.client.receiveUpdate(update)
        this.countRemoteChange()
      },
      onPresence: (presence) => this.awareness.receive(presence),
      onOrphanedText: (orphaned) => this.client.receiveOrphaned(orphaned),
      onRestored,
      onHistory: () => this.countRemoteChange(),
      onMissed: () => this.client.sync(),
    })
    const { signal } = this.closing
    window.addEventListener('online', this.resync, { signal })
    window.addEventListener('focus', this.resync, { signal })
    window.addEventListener('pagehide', this.onPageHide, { signal })
    signal.addEventListener('abort', onSignIn(this.resync))
  }

  status = () => this.currentStatus
  /** The number of the revision that has text written here whose surroundings were deleted; null: there is none. */
  orphanedIn = () => this.client.state().orphanedIn
  /** The last time that another person restored the draft while it was open here. */
  restored = () => this.lastRestored
  /** Counts the changes of others to the story, and each time that one may have been missed. */
  remoteChanges = () => this.remoteChangeCount
  others = () => this.awareness.presences()
  /** The event stream of this tab was evicted: it polls. */
  isPolling = () => this.stream.isPolling
  /** The build of the last response; null before the first response. */
  build = () => this.client.build
  /** Sends all unsent updates and fetches those of others: the screen shows what the server has then. */
  flush = () => this.client.flush()
  setField = (field: PresenceField | null) => this.awareness.setField(field)

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  /** Whether there are unsent updates that are not simply in flight. */
  atRisk = () => {
    const { pending, error } = this.client.state()
    return pending && (error !== null || !this.isPersisted())
  }

  close() {
    this.closing.abort()
    this.stream.close()
    this.awareness.close()
    this.client.close()
    this.persistence.close()
    this.document.destroy()
  }

  /** The network is back, or the person signed in in another tab. */
  private readonly resync = () => {
    if (this.client.state().error) this.client.sync()
  }

  private readonly onPageHide = () => {
    this.client.sendOnUnload()
    this.awareness.send(true)
  }

  private countRemoteChange() {
    this.remoteChangeCount += 1
    this.notify()
  }

  private readonly isPersisted = () => this.persistence.isPersisted() && this.isUnsentSaved

  private computeStatus = () => statusOf(this.client.state(), this.isPersisted())

  private notify() {
    const { pending, error } = this.client.state()
    if (pending && error !== null) this.persistence.flushToDisk()
    const next = this.computeStatus()
    if (JSON.stringify(next) !== JSON.stringify(this.currentStatus)) this.currentStatus = next
    for (const listener of this.listeners) listener()
  }
}

/** What the local copy has and the server has not. */
function unsentUpdates(document: Y.Doc, response: SyncResponse | null): Uint8Array[] {
  if (response === null) return [Y.encodeStateAsUpdate(document)]
  if (isEmpty(document)) return []
  const server = new Y.Doc()
  Y.applyUpdate(server, fromBase64(response.missing))
  const before = Y.snapshot(server)
  const unsent = Y.encodeStateAsUpdate(document, Y.encodeStateVector(server))
  Y.applyUpdate(server, unsent)
  const isNew = server.store.pendingStructs !== null || !Y.equalSnapshots(before, Y.snapshot(server))
  return isNew ? [unsent] : []
}

const newTabId = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
