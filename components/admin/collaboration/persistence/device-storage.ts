import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { withDeadline } from '@/lib/deadline'
import { fromBase64, toBase64, PROTOCOL_VERSION } from '@/domain/collaboration/protocol'
import { batchWritesPerFrame } from './batched-writes'
import { LocalPersistence } from './local-persistence'

/** What the device does not say within so long is not waited for: words of earlier editions come at the next visit. Milliseconds. */
const OPEN_TIMEOUT = 3000

/** The places in which this browser keeps anything; null where it does not say, or not soon. */
export type DatabaseNames = Set<string | undefined> | null

/** Whose words of which story. What one person wrote on a shared device is never sent under another's name. */
export type CopyOwner = { userId: number; storyId: number }

export const storageKey = ({ userId, storyId }: CopyOwner) => `broadsheet: words of ${userId} in story ${storyId}`

/**
 * Keeps a document on this device from now on, and brings what was kept of it before: after a killed tab, a closed laptop, a tunnel.
 * Nothing of it is ever cleared.
 * @param known.places as they were when the story was asked for
 * @returns whether it is kept, now and from then on; where nothing was kept before, it is not waited for
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
      // The words of this visit are kept or not, as `here` says; only those of another visit are not found without the newsroom.
    }
  }
  const loading = load()
  if (databases === null || [...databases].some((name) => name?.startsWith(databaseName))) await loading
  return persistence
}

/** The lineage of the document that this device knows, or null: for opening a story while the newsroom does not answer. */
export function storedLineage(owner: CopyOwner): string | null {
  try {
    return localStorage.getItem(storageKey(owner))
  } catch {
    return null
  }
}

/**
 * What tabs of earlier editions kept and could not send any more. Each edition keeps in a place of its own: an earlier one would take away the
 * blocks it does not know, and they would be missing here, too.
 */
async function mergeEarlierVersions(document: Y.Doc, databaseName: string, databases: DatabaseNames) {
  const earlier = Array.from({ length: PROTOCOL_VERSION - 1 }, (_, at) =>
    at === 0 ? databaseName : `${databaseName}, ${at + 1}`,
  )
  await Promise.all(
    earlier.map(async (name) => {
      // To open one that is not there would make it, in every story and at every visit.
      if (databases && !databases.has(name)) return
      Y.applyUpdate(document, await readDatabase(name))
    }),
  )
}

/** What one place keeps, read by itself: what is opened together is written into each other. */
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
 * Keeps on the device what is on its way while others remove the place it stands in, also when this tab is killed in that second.
 * @param update empty: all has arrived
 * @returns whether the device keeps it
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

/** What earlier tabs set aside and nobody acknowledged; it is taken over, and belongs to `tab` from now on. */
export function takeUnsent(owner: CopyOwner, lineage: string, tab: string): Uint8Array[] {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(unsentKey(owner, lineage)))
    const updates = names.map((name) => fromBase64(localStorage.getItem(name) ?? ''))
    // Where there is no room for both they stay what they are: the next tab finds them as well.
    if (updates.length > 0 && saveUnsent(owner, lineage, tab, Y.mergeUpdates(updates)))
      for (const name of names) localStorage.removeItem(name)
    return updates
  } catch {
    return []
  }
}
