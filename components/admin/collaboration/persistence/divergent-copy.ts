import * as Y from 'yjs'
import {
  encodeSyncRequest,
  toBase64,
  withProtocolVersion,
  PROTOCOL_VERSION,
  type DivergentCopyResponse,
} from '@/domain/collaboration/protocol'
import { readDatabase, storageKey, databaseNames, type CopyOwner } from './device-storage'

/** What this device kept of another document of a story, from before a backup was brought back: it cannot be merged into the one of today. */
export type DivergentCopy = { lineage: string; update: Uint8Array; keep: () => Promise<number | null> }

/** @param lineage the document of today */
export async function findDivergentCopies(
  owner: CopyOwner,
  address: string,
  lineage: string,
): Promise<DivergentCopy[]> {
  const prefix = `${storageKey(owner)}, `
  const names = [...((await databaseNames()) ?? [])].flatMap((name) => (name?.startsWith(prefix) ? [name] : []))
  const byLineage = new Map<string, string[]>()
  for (const name of names) {
    const [of = '', version = '1'] = name.slice(prefix.length).split(', ')
    // What a later edition wrote, this one would not understand.
    if (of !== lineage && Number(version) <= PROTOCOL_VERSION) byLineage.set(of, [...(byLineage.get(of) ?? []), name])
  }
  const found = await Promise.all(
    [...byLineage].map(async ([of, names]) => ({
      lineage: of,
      update: Y.mergeUpdates(await Promise.all(names.map(readDatabase))),
    })),
  )
  return found
    .filter(({ lineage: of, update }) => localStorage.getItem(savedKey(owner, of)) !== savedMark(update))
    .map((one) => ({ ...one, keep: () => sendDivergentCopy(owner, address, one) }))
}

/** @returns the number of the version that has them; null: the story says all of them */
async function sendDivergentCopy(owner: CopyOwner, address: string, { lineage, update }: Omit<DivergentCopy, 'keep'>) {
  const response = await fetch(withProtocolVersion(`${address}?lineage=${lineage}&whole`), {
    method: 'POST',
    body: encodeSyncRequest({ vector: new Uint8Array(), update }),
    headers: { 'content-type': 'application/octet-stream', 'x-writer': String(owner.userId) },
  })
  if (!response.ok) throw new Error('They were not kept.')
  const { number } = (await response.json()) as DivergentCopyResponse
  localStorage.setItem(savedKey(owner, lineage), savedMark(update))
  return number
}

/** Nothing that a device kept is cleared; what the newsroom has is marked, and not offered again. */
const savedKey = (owner: CopyOwner, lineage: string) => `${storageKey(owner)}, ${lineage}, kept as a version`
const savedMark = (update: Uint8Array) => toBase64(Y.encodeStateVectorFromUpdate(update))
