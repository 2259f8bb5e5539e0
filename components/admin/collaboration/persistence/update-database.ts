import * as Y from 'yjs'
import type { DeviceCipher } from './device-cipher'

/** For updates, and for anything else; as y-indexeddb of earlier builds names them. */
export const UPDATES_STORE = 'updates'
export const CUSTOM_STORE = 'custom'

export function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(UPDATES_STORE, { autoIncrement: true })
    request.result.createObjectStore(CUSTOM_STORE)
  }
  return resultOf(request)
}

export const resultOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('The database failed.'))
  })

/**
 * The updates of a database in one.
 * @param cipher null: they are not encrypted, as earlier builds wrote them
 * @returns `isWhole`: all could be read
 */
export async function readDatabase(
  name: string,
  cipher: DeviceCipher | null,
): Promise<{ update: Uint8Array; isWhole: boolean }> {
  const db = await openDatabase(name)
  try {
    const records = (await resultOf(db.transaction(UPDATES_STORE).objectStore(UPDATES_STORE).getAll())) as Uint8Array[]
    const updates = records.map((record) => (cipher === null ? record : cipher.open(record)))
    const readable = updates.filter((update) => update !== null)
    return { update: mergedUpdate(readable), isWhole: readable.length === records.length }
  } finally {
    db.close()
  }
}

/** Through a document: an update may need another that follows it. */
function mergedUpdate(updates: Uint8Array[]): Uint8Array {
  const document = new Y.Doc()
  Y.transact(document, () => {
    for (const update of updates) Y.applyUpdate(document, update)
  })
  const merged = Y.encodeStateAsUpdate(document)
  document.destroy()
  return merged
}
