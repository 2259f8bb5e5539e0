import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { fromBase64, inBase64, WRITING_EDITION } from '@/domain/writing/words-frame'
import { keepAfterEachFrame } from './frame-store'
import { KeptHere } from './kept-here'
import { waitAtMost } from './wait-at-most'

/** What the device does not say within so long is not waited for: words of earlier editions come at the next visit. Milliseconds. */
const COME_WITHIN = 3000

/** The places in which this browser keeps anything; null where it does not say, or not soon. */
export type Places = Set<string | undefined> | null

/** Whose words of which story. What one person wrote on a shared device is never sent under another's name. */
export type Whose = { userId: number; storyId: number }

export const key = ({ userId, storyId }: Whose) => `broadsheet: words of ${userId} in story ${storyId}`

/**
 * Keeps a document on this device from now on, and brings what was kept of it before: after a killed tab, a closed laptop, a tunnel.
 * Nothing of it is ever cleared.
 * @param known.places as they were when the story was asked for
 * @returns whether it is kept, now and from then on; where nothing was kept before, it is not waited for
 */
export async function keepOnDevice(
  document: Y.Doc,
  whose: Whose,
  { lineage, places }: { lineage: string; places: Places },
): Promise<KeptHere> {
  const place = `${key(whose)}, ${lineage}`
  const here = new KeptHere(document, () => {
    const device = new IndexeddbPersistence(`${place}, ${WRITING_EDITION}`, document)
    keepAfterEachFrame(document, device)
    return device
  })
  const bring = async () => {
    try {
      if (!(await here.begin())) return
      await waitAtMost(bringEarlier(document, place, places), COME_WITHIN)
      localStorage.setItem(key(whose), lineage)
    } catch {
      // The words of this visit are kept or not, as `here` says; only those of another visit are not found without the newsroom.
    }
  }
  const bringing = bring()
  if (places === null || [...places].some((name) => name?.startsWith(place))) await bringing
  return here
}

/** The lineage of the document that this device knows, or null: for opening a story while the newsroom does not answer. */
export function lineageOnDevice(whose: Whose): string | null {
  try {
    return localStorage.getItem(key(whose))
  } catch {
    return null
  }
}

/**
 * What tabs of earlier editions kept and could not send any more. Each edition keeps in a place of its own: an earlier one would take away the
 * blocks it does not know, and they would be missing here, too.
 */
async function bringEarlier(document: Y.Doc, place: string, places: Places) {
  const earlier = Array.from({ length: WRITING_EDITION - 1 }, (_, at) => (at === 0 ? place : `${place}, ${at + 1}`))
  await Promise.all(
    earlier.map(async (name) => {
      // To open one that is not there would make it, in every story and at every visit.
      if (places && !places.has(name)) return
      Y.applyUpdate(document, await keptAt(name))
    }),
  )
}

/** What one place keeps, read by itself: what is opened together is written into each other. */
export async function keptAt(place: string): Promise<Uint8Array> {
  const document = new Y.Doc()
  const device = new IndexeddbPersistence(place, document)
  await device.whenSynced
  const kept = Y.encodeStateAsUpdate(document)
  await device.destroy()
  document.destroy()
  return kept
}

export async function placesThere(): Promise<Places> {
  try {
    const places = await waitAtMost(indexedDB.databases(), COME_WITHIN)
    return places && new Set(places.map(({ name }) => name))
  } catch {
    return null
  }
}

const asideKey = (whose: Whose, lineage: string) => `${key(whose)}, ${lineage}, on its way from `

/**
 * Keeps on the device what is on its way while others remove the place it stands in, also when this tab is killed in that second.
 * @param update empty: all has arrived
 * @returns whether the device keeps it
 */
export function setAside(whose: Whose, lineage: string, tab: string, update: Uint8Array): boolean {
  const name = asideKey(whose, lineage) + tab
  try {
    if (update.length > 0) localStorage.setItem(name, inBase64(update))
    else if (localStorage.getItem(name) !== null) localStorage.removeItem(name)
    return true
  } catch {
    return update.length === 0
  }
}

/** What earlier tabs set aside and nobody acknowledged; it is taken over, and belongs to `tab` from now on. */
export function takeFromAside(whose: Whose, lineage: string, tab: string): Uint8Array[] {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(asideKey(whose, lineage)))
    const updates = names.map((name) => fromBase64(localStorage.getItem(name) ?? ''))
    // Where there is no room for both they stay what they are: the next tab finds them as well.
    if (updates.length > 0 && setAside(whose, lineage, tab, Y.mergeUpdates(updates)))
      for (const name of names) localStorage.removeItem(name)
    return updates
  } catch {
    return []
  }
}
