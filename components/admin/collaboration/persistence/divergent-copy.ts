import { toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import {
  encodeSyncRequest,
  withProtocolVersion,
  PROTOCOL_VERSION,
  WRITER_HEADER,
  type DivergentCopyResponse,
} from '@/domain/collaboration/protocol'
import { deviceCipher } from './device-cipher'
import { SEALED, storageKey, databaseNames, type CopyOwner, type SignedInOwner } from './device-storage'
import { readDatabase } from './update-database'

/** A local copy of another document of the story, from before a backup was restored: merging it would insert its text a second time. */
export type DivergentCopy = { lineage: string; update: Uint8Array; saveAsRevision: () => Promise<number | null> }

/** @param lineage of the current document */
export async function findDivergentCopies(
  owner: SignedInOwner,
  address: string,
  lineage: string,
): Promise<DivergentCopy[]> {
  const prefix = `${storageKey(owner)}, `
  const names = [...((await databaseNames()) ?? [])].flatMap((name) => (name?.startsWith(prefix) ? [name] : []))
  const byLineage = new Map<string, string[]>()
  for (const name of names) {
    const [of = '', version = '1'] = name.slice(prefix.length).split(', ')
    // This build does not support the blocks of later protocol versions.
    if (of !== lineage && Number(version) <= PROTOCOL_VERSION) byLineage.set(of, [...(byLineage.get(of) ?? []), name])
  }
  const found = await Promise.all(
    [...byLineage].map(async ([of, names]) => ({
      lineage: of,
      update: Y.mergeUpdates(await Promise.all(names.map((name) => readCopy(name, owner)))),
    })),
  )
  return found
    .filter(({ lineage: of, update }) => localStorage.getItem(savedKey(owner, of)) !== savedMark(update))
    .map((one) => ({ ...one, saveAsRevision: () => sendDivergentCopy(owner, address, one) }))
}

async function readCopy(name: string, { deviceKey }: SignedInOwner): Promise<Uint8Array> {
  const { update } = await readDatabase(name, name.endsWith(`, ${SEALED}`) ? deviceCipher(deviceKey) : null)
  return update
}

/** @returns the number of its revision; null where the draft has the same text */
async function sendDivergentCopy(
  owner: CopyOwner,
  address: string,
  { lineage, update }: Pick<DivergentCopy, 'lineage' | 'update'>,
) {
  const response = await fetch(withProtocolVersion(`${address}?lineage=${lineage}&whole`), {
    method: 'POST',
    body: encodeSyncRequest({ vector: new Uint8Array(), update }),
    headers: { 'content-type': 'application/octet-stream', [WRITER_HEADER]: String(owner.userId) },
  })
  if (!response.ok) throw new Error('The copy was not saved.')
  const { number } = (await response.json()) as DivergentCopyResponse
  localStorage.setItem(savedKey(owner, lineage), savedMark(update))
  return number
}

/** A copy is not deleted once it is saved as a revision: it is marked, and not offered again. */
const savedKey = (owner: CopyOwner, lineage: string) => `${storageKey(owner)}, ${lineage}, kept as a version`
const savedMark = (update: Uint8Array) => toBase64(Y.encodeStateVectorFromUpdate(update))
