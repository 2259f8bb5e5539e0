import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Presence } from '@/domain/collaboration/presence/presence'
import { updateServiceWorker } from '../../layout/service-worker.client'
import type { DocumentSession } from './document-session'
import type { Prefetch } from './prefetch'

/** What forms save before the document is open. A document that was fetched earlier would receive it from the fields a second time. */
class EarlySaves {
  count = 0
  /** The fields that were saved last. */
  saved: Record<string, string> = {}
  /** Set once the document is up to date, also for forms of a page that does not show it yet. */
  opened: DocumentSession | null = null
  private inFlight: Promise<unknown> = Promise.resolve()

  async track<Answer>(fields: Record<string, string>, saves: Promise<Answer>, isSaved: (answer: Answer) => boolean) {
    this.count += 1
    this.inFlight = Promise.allSettled([this.inFlight, saves])
    const answer = await saves
    if (isSaved(answer)) this.saved = fields
    return answer
  }

  /** Brings a document that was fetched meanwhile up to date with the saves. */
  async catchUp(session: DocumentSession) {
    for (let known = 0; known !== this.count;) {
      await this.inFlight
      known = this.count
      await session.flush()
    }
    this.opened = session
  }
}

/** The document of a story's page, as an external store of React. One for the lifetime of the page. */
export class StoryPageState {
  readonly early = new EarlySaves()
  private current: DocumentSession | null = null
  private hasNewer = false
  private readonly listeners = new Set<() => void>()

  constructor(private prefetch: Prefetch | null) {}

  /** Once: a document that is opened again is fetched again. */
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

/** Null until the document is open, and outside a story's page. */
export const usePageSession = (): DocumentSession | null => useDocumentSession(useContext(StoryPageContext))

/** Whether the server runs another build than the one that rendered this page. */
export function useHasNewBuild(): boolean {
  const page = useContext(StoryPageContext)
  return useSyncExternalStore(page?.subscribe ?? never, page?.hasNewBuild ?? no, no)
}

const none = () => null
const no = () => false
const never = () => () => undefined
const noOthers: readonly Presence[] = []

/** @param read returns the same value until it changes */
export function useSession<Value>(
  session: DocumentSession | null,
  read: (session: DocumentSession) => Value,
  initial: Value,
) {
  const value = () => (session === null ? initial : read(session))
  return useSyncExternalStore(session?.subscribe ?? never, value, () => initial)
}

export const useOthers = (session: DocumentSession | null) =>
  useSession<readonly Presence[]>(session, (open) => open.others(), noOthers)
