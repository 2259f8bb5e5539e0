import * as Y from 'yjs'
import { frameInBytes, inBase64, inEdition, WRITING_EDITION, type WordsApart } from '@/domain/writing/words-frame'
import { keptAt, key, placesThere, type Whose } from './device'

/** What this device kept of another document of a story, from before a backup was brought back: it cannot be merged into the one of today. */
export type Apart = { lineage: string; update: Uint8Array; keep: () => Promise<number | null> }

/** @param lineage the document of today */
export async function wordsApart(whose: Whose, address: string, lineage: string): Promise<Apart[]> {
  const begins = `${key(whose)}, `
  const places = [...((await placesThere()) ?? [])].flatMap((name) => (name?.startsWith(begins) ? [name] : []))
  const byLineage = new Map<string, string[]>()
  for (const name of places) {
    const [of = '', edition = '1'] = name.slice(begins.length).split(', ')
    // What a later edition wrote, this one would not understand.
    if (of !== lineage && Number(edition) <= WRITING_EDITION) byLineage.set(of, [...(byLineage.get(of) ?? []), name])
  }
  const found = await Promise.all(
    [...byLineage].map(async ([of, names]) => ({
      lineage: of,
      update: Y.mergeUpdates(await Promise.all(names.map(keptAt))),
    })),
  )
  return found
    .filter(({ lineage: of, update }) => localStorage.getItem(markOf(whose, of)) !== markFor(update))
    .map((one) => ({ ...one, keep: () => handOver(whose, address, one) }))
}

/** @returns the number of the version that has them; null: the story says all of them */
async function handOver(whose: Whose, address: string, { lineage, update }: Omit<Apart, 'keep'>) {
  const response = await fetch(inEdition(`${address}?lineage=${lineage}&whole`), {
    method: 'POST',
    body: frameInBytes({ vector: new Uint8Array(), update }),
    headers: { 'content-type': 'application/octet-stream', 'x-writer': String(whose.userId) },
  })
  if (!response.ok) throw new Error('They were not kept.')
  const { number } = (await response.json()) as WordsApart
  localStorage.setItem(markOf(whose, lineage), markFor(update))
  return number
}

/** Nothing that a device kept is cleared; what the newsroom has is marked, and not offered again. */
const markOf = (whose: Whose, lineage: string) => `${key(whose)}, ${lineage}, kept as a version`
const markFor = (update: Uint8Array) => inBase64(Y.encodeStateVectorFromUpdate(update))
