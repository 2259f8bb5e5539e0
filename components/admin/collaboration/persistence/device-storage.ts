import { IndexeddbPersistence } from 'y-indexeddb'
import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { withDeadline } from '@/lib/deadline'
import { PROTOCOL_VERSION } from '@/domain/collaboration/protocol'
import { batchWritesPerFrame } from './batched-writes'
import { LocalPersistence } from './local-persistence'

/** IndexedDB may not respond: the document opens without what it has after that. Milliseconds. */
const OPEN_TIMEOUT = 3000

/** The databases of this browser; null where it does not list them in time. */
export type DatabaseNames = Set<string | undefined> | null

/** Local copies are separate for each person: on a shared device, one person's text is not sent under another's name. */
export type CopyOwner = { userId: number; storyId: number }

export const storageKey = ({ userId, storyId }: CopyOwner) => `broadsheet: words of ${userId} in story ${storyId}`

/**
 * Persists a document in IndexedDB, and merges the local copy of earlier visits into it. Local copies are never deleted.
 * Without a local copy, it returns before the database is open.
 */
export async function openLocalCopy(
  document: Y.Doc,
  owner: CopyOwner,
  { lineage, databases }: { lineage: string; databases: DatabaseNames },
): Promise<LocalPersistence> {
  const databaseName = `${storageKey(owner)}, ${lineage}`
  const persistence = new LocalPersistence(document, () => {
    const provider = new IndexeddbPersistence(`${databaseName}, ${PROTOCOL_VERSION}`, document)
    batchWritesPerFrame(document, provider)
    return provider
  })
  const load = async () => {
    try {
      if (!(await persistence.start())) return
      await withDeadline(OPEN_TIMEOUT, mergeEarlierVersions(document, databaseName, databases), () => null)
      localStorage.setItem(storageKey(owner), lineage)
    } catch {
      // `isPersisted` holds for this visit only: without its lineage, the copy is found only when the server responds.
    }
  }
  const loading = load()
  if (databases === null || [...databases].some((name) => name?.startsWith(databaseName))) await loading
  return persistence
}

/** The lineage of the local copy, for opening a story while the server is unavailable; null without one. */
export function storedLineage(owner: CopyOwner): string | null {
  try {
    return localStorage.getItem(storageKey(owner))
  } catch {
    return null
  }
}

/** What tabs of earlier protocol versions could not send. Each version has its own database: an earlier one would delete blocks unknown to it. */
async function mergeEarlierVersions(document: Y.Doc, databaseName: string, databases: DatabaseNames) {
  const earlier = Array.from({ length: PROTOCOL_VERSION - 1 }, (_, at) =>
    at === 0 ? databaseName : `${databaseName}, ${at + 1}`,
  )
  await Promise.all(
    earlier.map(async (name) => {
      // Opening a database creates it.
      if (databases && !databases.has(name)) return
      Y.applyUpdate(document, await readDatabase(name))
    }),
  )
}

/** Into a document of its own: databases that share a document are written into each other. */
export async function readDatabase(databaseName: string): Promise<Uint8Array> {
  const document = new Y.Doc()
  const provider = new IndexeddbPersistence(databaseName, document)
  await provider.whenSynced
  const state = Y.encodeStateAsUpdate(document)
  await provider.destroy()
  document.destroy()
  return state
}

export async function databaseNames(): Promise<DatabaseNames> {
  try {
    const databases = await withDeadline(OPEN_TIMEOUT, indexedDB.databases(), () => null)
    return databases && new Set(databases.map(({ name }) => name))
  } catch {
    return null
  }
}

const unsentKey = (owner: CopyOwner, lineage: string) => `${storageKey(owner)}, ${lineage}, on its way from `

/**
 * Stores unsent updates in localStorage, synchronously, so that they survive a killed tab.
 * @param update empty: everything is acknowledged
 * @returns whether it is stored
 */
export function saveUnsent(owner: CopyOwner, lineage: string, tab: string, update: Uint8Array): boolean {
  const name = unsentKey(owner, lineage) + tab
  try {
    if (update.length > 0) localStorage.setItem(name, toBase64(update))
    else if (localStorage.getItem(name) !== null) localStorage.removeItem(name)
    return true
  } catch {
    return update.length === 0
  }
}

/** The unsent updates of earlier tabs; they belong to `tab` from now on. */
export function takeUnsent(owner: CopyOwner, lineage: string, tab: string): Uint8Array[] {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(unsentKey(owner, lineage)))
    const updates = names.map((name) => fromBase64(localStorage.getItem(name) ?? ''))
    // Without room for both copies the old keys stay: the next tab finds them.
    if (updates.length > 0 && saveUnsent(owner, lineage, tab, Y.mergeUpdates(updates)))
      for (const name of names) localStorage.removeItem(name)
    return updates
  } catch {
    return []
  }
}
