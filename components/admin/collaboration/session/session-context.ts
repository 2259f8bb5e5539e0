import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Doc } from 'yjs'
import type { Presence, PresenceField } from '@/domain/collaboration/presence/presence'
import type { RestoredNotice } from '@/domain/collaboration/protocol'
import { updateServiceWorker } from '../../sign-in/service-worker'
import type { Prefetch } from './document-session'
import type { DivergentCopy } from '../persistence/divergent-copy'

/** How it stands with the words: acknowledged by the newsroom, on their way, or kept on this device until it can be reached. */
export type SyncStatus =
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  /** `kept`: every word is kept on the device, as far as it knows itself. */
  | { kind: 'offline'; isStored: boolean }
  | { kind: 'signed-out'; message: string; isStored: boolean }
  /** The page is of an earlier build than the newsroom. */
  | { kind: 'outdated'; message: string; isStored: boolean }
  | { kind: 'failed'; message: string; isStored: boolean }

/** Whether every word is kept by the newsroom, and as which version of the draft. */
export type FlushResult = { ok: true; version: number } | { ok: false; reason: 'signed-out' | 'away' | 'refused' }

/** Another person's caret in the body. `place` names a letter, as domain/collaboration/presence/caret.ts writes it; `moves` counts how often it went elsewhere. */
export type RemoteCaret = Pick<Presence, 'person' | 'name'> & {
  key: string
  initials: string
  position: string
  moves: number
}

/** Where people's carets stand in the body: those of others are shown, one's own is told to them. */
export type CaretStore = {
  remote: () => readonly RemoteCaret[]
  subscribe: (listener: () => void) => () => void
  /** @param caret finds one's own when it is told */
  trackLocal: (caret: () => string | null) => () => void
  /** One's own has moved, perhaps. */
  localMoved: () => void
}

/** A story's shared document, open in this tab. */
export type DocumentSession = {
  document: Doc
  status: () => SyncStatus
  /** The number of the version that keeps words written here whose place somebody removed meanwhile; null: there are none. */
  orphanedIn: () => number | null
  /** The last time that somebody else put the draft back while it was open here. */
  restored: () => RestoredNotice | null
  /** Counts what others wrote in the story or did with it, as far as it was heard here, and each time that it may not have been. */
  remoteChanges: () => number
  /** Everybody else who has the story open. */
  others: () => readonly Presence[]
  carets: CaretStore
  /** So many tabs are open that this one asks for others' words now and then, instead of hearing them. */
  isPolling: () => boolean
  subscribe: (listener: () => void) => () => void
  setField: (field: PresenceField | null) => void
  /** Sends what is not acknowledged, and fetches what others wrote: then the screen shows what the newsroom keeps. */
  flush: () => Promise<FlushResult>
  /** Which build of the newsroom answered last; null before one has. */
  build: () => string | null
  /** What this device kept of another document of the story: it cannot be merged. */
  divergentCopies: () => Promise<DivergentCopy[]>
  /** Are there words that only this tab or this device has, and that are not simply on their way? */
  atRisk: () => boolean
}

/**
 * What was sent by the forms of a page before its document was open. Such words are put into the document by the newsroom: a document that
 * was fetched before would be given them once more by the fields.
 */
export class EarlySaves {
  count = 0
  /** The fields that were saved last. */
  saved: Record<string, string> = {}
  /** The document, from the moment it is up to date: also for forms on a page that does not show it yet. */
  opened: DocumentSession | null = null
  private inFlight: Promise<unknown> = Promise.resolve()

  /** @param saves answers whether the fields were saved */
  async track<Answer>(fields: Record<string, string>, saves: Promise<Answer>, isSaved: (answer: Answer) => boolean) {
    this.count += 1
    this.inFlight = Promise.allSettled([this.inFlight, saves])
    const answer = await saves
    if (isSaved(answer)) this.saved = fields
    return answer
  }

  /** Brings a document that was fetched meanwhile up to what was sent. */
  async catchUp(session: DocumentSession) {
    for (let known = 0; known !== this.count;) {
      await this.inFlight
      known = this.count
      await session.flush()
    }
    this.opened = session
  }
}

/** What a story's page knows of its document. It stays the same as long as the page does, and tells those who ask for it when the document is open. */
export class StoryPageState {
  readonly early = new EarlySaves()
  private prefetch: Prefetch | null
  private current: DocumentSession | null = null
  /** The newsroom is of another build than this page by now. */
  private hasNewer = false
  private readonly listeners = new Set<() => void>()

  /** @param prefetch what its document waits for, asked for before there is anything to see */
  constructor(prefetch: Prefetch | null) {
    this.prefetch = prefetch
  }

  /** What was asked for, once: whoever opens the document again asks anew. */
  takePrefetch(): Prefetch | null {
    const { prefetch } = this
    this.prefetch = null
    return prefetch
  }

  /** Null until the document is open. */
  readonly session = () => this.current

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  readonly hasNewBuild = () => this.hasNewer

  setSession(session: DocumentSession | null) {
    this.current = session
    this.notify()
  }

  markNewBuild() {
    if (this.hasNewer) return
    this.hasNewer = true
    this.notify()
    updateServiceWorker()
  }

  private notify() {
    for (const listener of this.listeners) listener()
  }
}

/** Null outside a story's page. */
export const StoryPageContext = createContext<StoryPageState | null>(null)

export function useDocumentSession(page: StoryPageState | null): DocumentSession | null {
  return useSyncExternalStore(page?.subscribe ?? never, page?.session ?? none, none)
}

/** The document of the story's page this stands on; null until it is open, and elsewhere. */
export const usePageSession = (): DocumentSession | null => useDocumentSession(useContext(StoryPageContext))

/** Whether the page this stands on is of an earlier build than the newsroom. */
export function useHasNewBuild(): boolean {
  const page = useContext(StoryPageContext)
  return useSyncExternalStore(page?.subscribe ?? never, page?.hasNewBuild ?? no, no)
}

const none = () => null
const no = () => false
const never = () => () => undefined

export function useSyncStatus(session: DocumentSession | null): SyncStatus | null {
  const status = () => session?.status() ?? null
  return useSyncExternalStore(session?.subscribe ?? never, status, () => null)
}

export function useOrphanedIn(session: DocumentSession | null): number | null {
  const revision = () => session?.orphanedIn() ?? null
  return useSyncExternalStore(session?.subscribe ?? never, revision, () => null)
}

export function useRestored(session: DocumentSession | null): RestoredNotice | null {
  const restored = () => session?.restored() ?? null
  return useSyncExternalStore(session?.subscribe ?? never, restored, () => null)
}

const noOthers: readonly Presence[] = []

export function useOthers(session: DocumentSession | null): readonly Presence[] {
  const others = () => session?.others() ?? noOthers
  return useSyncExternalStore(session?.subscribe ?? never, others, () => noOthers)
}

export function useIsPolling(session: DocumentSession | null): boolean {
  const isPolling = () => session?.isPolling() ?? false
  return useSyncExternalStore(session?.subscribe ?? never, isPolling, () => false)
}
