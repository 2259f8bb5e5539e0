import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { withDeadline } from '@/lib/deadline'
import { PROTOCOL_VERSION } from '@/domain/collaboration/protocol'
import { deviceCipher } from './device-cipher'
import { EncryptedUpdates } from './encrypted-updates'
import { LocalPersistence } from './local-persistence'
import { readDatabase } from './update-database'

/** IndexedDB may not respond: the document opens without what it has after that. Milliseconds. */
const OPEN_TIMEOUT = 3000

/** The databases of this browser; null where it does not list them in time. */
export type DatabaseNames = Set<string | undefined> | null

/** Local copies are separate for each person: on a shared device, one person's text is not sent under another's name. */
export type CopyOwner = { userId: number; storyId: number }

/** @param deviceKey encrypts their text on this device: 32 bytes in hexadecimal digits */
export type SignedInOwner = CopyOwner & { deviceKey: string }

/** At the end of the name of an encrypted database. */
export const SEALED = 'sealed'

export const storageKey = ({ userId, storyId }: CopyOwner) => `broadsheet: words of ${userId} in story ${storyId}`

/**
 * Persists a document in IndexedDB, encrypted, and merges the local copy of earlier visits into it. Local copies are never deleted, but for those
 * that are not encrypted: earlier builds wrote them, and they are removed once they are stored again.
 * Without a local copy, it returns before the database is open.
 */
export async function openLocalCopy(
  document: Y.Doc,
  owner: SignedInOwner,
  { lineage, databases }: { lineage: string; databases: DatabaseNames },
): Promise<LocalPersistence> {
  const databaseName = `${storageKey(owner)}, ${lineage}`
  const cipher = deviceCipher(owner.deviceKey)
  const persistence = new LocalPersistence(
    () => new EncryptedUpdates(`${databaseName}, ${PROTOCOL_VERSION}, ${SEALED}`, document, cipher),
  )
  const load = async () => {
    try {
      if (!(await persistence.start())) return
      await withDeadline(
        OPEN_TIMEOUT,
        mergeEarlierVersions(document, owner, { databaseName, databases, persistence }),
        () => null,
      )
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

/**
 * What tabs of earlier protocol versions and of builds that did not encrypt could not send. Each version has its own database: an earlier one would
 * delete blocks unknown to it.
 */
async function mergeEarlierVersions(
  document: Y.Doc,
  { deviceKey }: SignedInOwner,
  {
    databaseName,
    databases,
    persistence,
  }: { databaseName: string; databases: DatabaseNames; persistence: LocalPersistence },
) {
  const versions = Array.from({ length: PROTOCOL_VERSION }, (_, at) => at + 1)
  const plain = versions.map((version) => (version === 1 ? databaseName : `${databaseName}, ${version}`))
  const sealed = versions.slice(0, -1).map((version) => `${databaseName}, ${version}, ${SEALED}`)
  // Opening a database creates it.
  const exists = (name: string) => databases === null || databases.has(name)
  const merge = async (name: string, key: string | null) => {
    const { update } = await readDatabase(name, key === null ? null : deviceCipher(key))
    Y.applyUpdate(document, update)
  }
  await Promise.all(sealed.filter(exists).map((name) => merge(name, deviceKey)))
  await Promise.all(plain.filter(exists).map((name) => merge(name, null)))
  const found = plain.filter(exists)
  if (found.length === 0) return
  await persistence.storeWhole()
  // An open tab of an earlier build closes its database now, and writes its copy again.
  for (const name of found) indexedDB.deleteDatabase(name)
}

export async function databaseNames(): Promise<DatabaseNames> {
  try {
    const databases = await withDeadline(OPEN_TIMEOUT, indexedDB.databases(), () => null)
    return databases && new Set(databases.map(({ name }) => name))
  } catch {
    return null
  }
}

const unsentKey = (owner: CopyOwner, lineage: string) => `${storageKey(owner)}, ${lineage}, ${SEALED}, on its way from `

/** Of builds that did not encrypt. */
const plainUnsentKey = (owner: CopyOwner, lineage: string) => `${storageKey(owner)}, ${lineage}, on its way from `

/**
 * Stores unsent updates in localStorage, encrypted and synchronously, so that they survive a killed tab.
 * @param update empty: everything is acknowledged
 * @returns whether it is stored
 */
export function saveUnsent(owner: SignedInOwner, lineage: string, tab: string, update: Uint8Array): boolean {
  const name = unsentKey(owner, lineage) + tab
  try {
    if (update.length > 0) localStorage.setItem(name, toBase64(deviceCipher(owner.deviceKey).seal(update)))
    else if (localStorage.getItem(name) !== null) localStorage.removeItem(name)
    return true
  } catch {
    return update.length === 0
  }
}

/** The unsent updates of earlier tabs; they belong to `tab` from now on. */
export function takeUnsent(owner: SignedInOwner, lineage: string, tab: string): Uint8Array[] {
  try {
    const { open } = deviceCipher(owner.deviceKey)
    const read = (prefix: string, decode: (bytes: Uint8Array) => Uint8Array | null) =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith(prefix))
        // What cannot be read stays where it is.
        .flatMap((name) => {
          const update = decode(fromBase64(localStorage.getItem(name) ?? ''))
          return update === null ? [] : [{ name, update }]
        })
    const taken = [...read(unsentKey(owner, lineage), open), ...read(plainUnsentKey(owner, lineage), (bytes) => bytes)]
    const updates = taken.map(({ update }) => update)
    // Without room for both copies the old keys stay: the next tab finds them.
    if (updates.length > 0 && saveUnsent(owner, lineage, tab, Y.mergeUpdates(updates)))
      for (const { name } of taken) localStorage.removeItem(name)
    return updates
  } catch {
    return []
  }
}
