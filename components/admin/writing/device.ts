import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { fromBase64, inBase64, WRITING_EDITION } from '@/domain/writing/words-frame'
import { keepAfterEachFrame } from './frame-store'

/** A browser that does not answer for so long keeps nothing. Milliseconds. */
const ANSWERS_WITHIN = 3000

/** Whose words of which story. What one person wrote on a shared device is never sent under another's name. */
export type Whose = { userId: number; storyId: number }

const key = ({ userId, storyId }: Whose) => `broadsheet: words of ${userId} in story ${storyId}`

/**
 * Keeps a document on this device from now on, and brings what was kept of it before: after a killed tab, a closed laptop, a tunnel.
 * Nothing of it is ever cleared.
 * @returns whether this browser keeps it
 */
export async function keepOnDevice(document: Y.Doc, whose: Whose, lineage: string): Promise<boolean> {
  try {
    const place = `${key(whose)}, ${lineage}`
    const device = new IndexeddbPersistence(`${place}, ${WRITING_EDITION}`, document)
    keepAfterEachFrame(document, device)
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), ANSWERS_WITHIN))
    const kept = await Promise.race([device.whenSynced.then(() => true), late])
    if (kept) await Promise.race([bringEarlier(document, place), late])
    if (kept) localStorage.setItem(key(whose), lineage)
    return kept
  } catch {
    return false
  }
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
async function bringEarlier(document: Y.Doc, place: string) {
  const there = await placesThere()
  const earlier = Array.from({ length: WRITING_EDITION - 1 }, (_, at) => (at === 0 ? place : `${place}, ${at + 1}`))
  await Promise.all(
    earlier.map(async (name) => {
      // To open one that is not there would make it, in every story and at every visit.
      if (there && !there.has(name)) return
      const kept = new Y.Doc()
      const device = new IndexeddbPersistence(name, kept)
      await device.whenSynced
      Y.applyUpdate(document, Y.encodeStateAsUpdate(kept))
      await device.destroy()
      kept.destroy()
    }),
  )
}

/** The places in which this browser keeps anything; null where it does not say. */
async function placesThere(): Promise<Set<string | undefined> | null> {
  try {
    return new Set((await indexedDB.databases()).map(({ name }) => name))
  } catch {
    return null
  }
}

const asideKey = (whose: Whose, lineage: string) => `${key(whose)}, ${lineage}, on its way from `

/**
 * Keeps on the device what is on its way while others remove the place it stands in, also when this tab is killed in that second.
 * @param update empty: all has arrived
 */
export function setAside(whose: Whose, lineage: string, tab: string, update: Uint8Array) {
  const name = asideKey(whose, lineage) + tab
  try {
    if (update.length > 0) localStorage.setItem(name, inBase64(update))
    else if (localStorage.getItem(name) !== null) localStorage.removeItem(name)
  } catch {
    // A browser that keeps nothing has said so already.
  }
}

/** What earlier tabs set aside and nobody acknowledged; it is taken over, and belongs to `tab` from now on. */
export function takeFromAside(whose: Whose, lineage: string, tab: string): Uint8Array[] {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(asideKey(whose, lineage)))
    const updates = names.map((name) => fromBase64(localStorage.getItem(name) ?? ''))
    if (updates.length > 0) setAside(whose, lineage, tab, Y.mergeUpdates(updates))
    for (const name of names) localStorage.removeItem(name)
    return updates
  } catch {
    return []
  }
}
