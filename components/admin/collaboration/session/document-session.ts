import * as Y from 'yjs'
import type { PresenceField } from '@/domain/collaboration/presence/presence'
import {
  fromBase64,
  withProtocolVersion,
  type RestoredNotice,
  type SyncResponse,
} from '@/domain/collaboration/protocol'
import { onSignIn } from '../../sign-in/sign-in-broadcast'
import { Awareness } from '../presence/awareness'
import { SyncClient, REMOTE_ORIGIN, type SyncClientState } from '../sync/sync-client'
import {
  openLocalCopy,
  storedLineage,
  databaseNames,
  saveUnsent,
  takeUnsent,
  type DatabaseNames,
  type CopyOwner,
} from '../persistence/device-storage'
import type { LocalPersistence } from '../persistence/local-persistence'
import { findDivergentCopies } from '../persistence/divergent-copy'
import { StoryEventStream } from '../sync/event-stream'
import type { CaretStore, SyncStatus, DocumentSession } from './session-context'

/** While the newsroom does not answer and this device knows nothing of the story, it is asked again after so long. Milliseconds. */
const RETRY_DELAY = 2000

/** @param address of the story's words; those of its stream and of presence begin with it */
export type SessionOptions = CopyOwner & { address: string; signal: AbortSignal }

/** What opening a story waits for: what the newsroom keeps, and in which places this device keeps anything. */
export type Prefetch = { answer: Promise<SyncResponse | null>; databases: Promise<DatabaseNames> }

/** Asks for a story's words. It changes nothing, so it may be asked before anybody knows whether the page will be shown. */
export const prefetchDocument = (address: string, signal?: AbortSignal): Prefetch => ({
  answer: fetchDocument(address, signal),
  databases: databaseNames(),
})

/**
 * Opens a story's document in this tab: what the newsroom keeps, with what this device kept of it.
 * @param prefetched what was asked for before
 */
export async function openDocumentSession(
  opening: SessionOptions,
  prefetched: Prefetch | null,
): Promise<StoryDocumentSession | null> {
  for (let request = prefetched; !opening.signal.aborted; request = null) {
    const { answer: coming, databases } = request ?? prefetchDocument(opening.address, opening.signal)
    const answer = await coming
    const lineage = answer?.lineage ?? storedLineage(opening)
    if (lineage !== null) {
      const document = new Y.Doc()
      const persistence = await openLocalCopy(document, opening, { lineage, databases: await databases })
      if (answer !== null || hasContent(document))
        return new StoryDocumentSession(opening, { document, lineage, persistence, answer })
      persistence.close()
      document.destroy()
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY))
  }
  return null
}

async function fetchDocument(address: string, signal?: AbortSignal): Promise<SyncResponse | null> {
  try {
    const response = await fetch(withProtocolVersion(address), { signal: signal ?? null, cache: 'no-store' })
    return response.ok ? ((await response.json()) as SyncResponse) : null
  } catch {
    return null
  }
}

const hasContent = ({ store }: Y.Doc) => store.clients.size > 0

/** Nothing, not even what waits for something that is missing. */
const isEmpty = (document: Y.Doc) =>
  !hasContent(document) && document.store.pendingStructs === null && document.store.pendingDs === null

type OpenedDocument = { document: Y.Doc; lineage: string; persistence: LocalPersistence; answer: SyncResponse | null }

/** A story's words in this tab: written here, kept on this device, carried to the newsroom, and those of others heard. */
export class StoryDocumentSession implements DocumentSession {
  readonly document: Y.Doc
  readonly carets: CaretStore
  readonly divergentCopies: DocumentSession['divergentCopies']
  private readonly persistence: LocalPersistence
  /** What had to be laid aside on the device is there. */
  private isUnsentSaved = true
  private readonly client: SyncClient
  private readonly stream: StoryEventStream
  private readonly awareness: Awareness
  private readonly stopListening: () => void
  private readonly listeners = new Set<() => void>()
  private lastRestored: RestoredNotice | null = null
  private remoteChangeCount = 0
  private isDisconnected = false
  private currentStatus: SyncStatus

  constructor(opening: SessionOptions, { document: doc, lineage, persistence, answer }: OpenedDocument) {
    const { address } = opening
    const tab = newTabId()
    this.document = doc
    this.persistence = persistence
    this.divergentCopies = () => findDivergentCopies(opening, address, lineage)
    const onRestored = (putBack: RestoredNotice) => {
      // Whoever did it has been told by the button.
      if (putBack.person === opening.userId) return
      this.lastRestored = putBack
      this.notify()
    }
    this.client = new SyncClient(
      {
        ...opening,
        document: doc,
        onChange: () => this.notify(),
        saveUnsent: (update) => void (this.isUnsentSaved = saveUnsent(opening, lineage, tab, update)),
        presenceHeader: () => this.awareness.headerValue(),
        onRestored: onRestored,
      },
      lineage,
    )
    this.currentStatus = this.computeStatus()
    // What earlier tabs could not send any more; before anything comes in that may remove it.
    for (const update of [...takeUnsent(opening, lineage, tab), ...unsentUpdates(doc, answer)])
      this.client.queueUpdate(update)
    if (answer) this.client.applyResponse(answer)
    this.currentStatus = this.computeStatus()
    persistence.onChange = () => this.notify()
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== REMOTE_ORIGIN) this.client.queueUpdate(update)
    })
    this.awareness = new Awareness({
      tab,
      userId: opening.userId,
      address: `${address}/presence`,
      onChange: () => this.notify(),
      isSyncPending: () => {
        const { pending, error: trouble } = this.client.state()
        return pending && trouble === null
      },
      isPolling: () => this.stream.isPolling,
    })
    this.carets = this.awareness
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
      onUpdate: (heard) => {
        this.client.receiveUpdate(heard)
        this.countRemoteChange()
      },
      onPresence: (presence) => this.awareness.receive(presence),
      onOrphanedText: (stranded) => this.client.receiveOrphaned(stranded),
      onRestored: onRestored,
      onHistory: () => this.countRemoteChange(),
      onMissed: () => this.client.sync(),
    })
    window.addEventListener('online', this.resync)
    window.addEventListener('focus', this.resync)
    window.addEventListener('pagehide', this.onPageHide)
    this.stopListening = onSignIn(this.resync)
  }

  status = () => this.currentStatus
  orphanedIn = () => this.client.state().orphanedIn
  restored = () => this.lastRestored
  remoteChanges = () => this.remoteChangeCount
  others = () => this.awareness.presences()
  isPolling = () => this.stream.isPolling
  build = () => this.client.build
  flush = () => this.client.flush()
  setField = (field: PresenceField | null) => this.awareness.setField(field)

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  atRisk = () => {
    const { pending, error: trouble } = this.client.state()
    return pending && (trouble !== null || !this.isPersisted())
  }

  close() {
    window.removeEventListener('online', this.resync)
    window.removeEventListener('focus', this.resync)
    window.removeEventListener('pagehide', this.onPageHide)
    this.stopListening()
    this.stream.close()
    this.awareness.close()
    this.client.close()
    this.persistence.close()
    this.document.destroy()
  }

  /** Somebody came back: to the network, or to this tab after signing in in another. */
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
    const { pending, error: trouble } = this.client.state()
    if (pending && trouble !== null) this.persistence.flushToDisk()
    const next = this.computeStatus()
    if (JSON.stringify(next) !== JSON.stringify(this.currentStatus)) this.currentStatus = next
    for (const listener of this.listeners) listener()
  }
}

function statusOf({ error: trouble, pending, savedAt }: SyncClientState, kept: boolean): SyncStatus {
  switch (trouble?.kind) {
    case 'offline':
      return { kind: 'offline', isStored: kept }
    case 'signed-out':
      return { kind: 'signed-out', message: trouble.message, isStored: kept }
    case 'outdated':
      return { kind: 'outdated', message: trouble.message, isStored: kept }
    case 'failed':
      return { kind: 'failed', message: trouble.message, isStored: kept }
    case undefined:
      return pending || savedAt === null ? { kind: 'saving' } : { kind: 'saved', at: savedAt }
  }
}

/** What this device has of a story and the newsroom has not. */
function unsentUpdates(doc: Y.Doc, answer: SyncResponse | null): Uint8Array[] {
  if (answer === null) return [Y.encodeStateAsUpdate(doc)]
  if (isEmpty(doc)) return []
  const server = new Y.Doc()
  Y.applyUpdate(server, fromBase64(answer.missing))
  const before = Y.snapshot(server)
  const unsent = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))
  Y.applyUpdate(server, unsent)
  const isNews = server.store.pendingStructs !== null || !Y.equalSnapshots(before, Y.snapshot(server))
  return isNews ? [unsent] : []
}

const newTabId = () =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
