import * as Y from 'yjs'
import type { Paragraph } from '../../body/blocks/block'

/** A run of letters that one person wrote one behind the other. */
type Run = { client: number; from: number; last: number; text: string }

/**
 * The words of an update that have no place in the document: somebody removed the paragraph they stand in before they arrived,
 * or what they stand behind never came. Merging drops them silently, so they are read from the update itself, run by run as they were written.
 * What its own writer took out again is not among them.
 * @param document with the update in it
 * @param before the document's state vector without it: what was known then is not stranded now
 * @returns a paragraph for each run; the same words have the same id however often they arrive
 */
export function orphanedText(update: Uint8Array, document: Y.Doc, before: Map<number, number>): Paragraph[] {
  const { structs, ds } = Y.decodeUpdate(update)
  const runs: Run[] = []
  for (const item of structs)
    collectText(
      runs,
      item,
      (id) => id.clock >= (before.get(id.client) ?? 0) && !isInDocument(document, id) && !Y.isDeleted(ds, id),
    )
  return asParagraphs(runs)
}

/**
 * The words that merging an update takes away though its writer never saw them: they stood in a paragraph that was deleted, joined to another or made
 * a heading elsewhere in that moment. Whoever deletes a block names in their update each letter of it that they know; those that go with it
 * unnamed are these.
 * @param merge merges the update into the document
 * @returns a paragraph for each run, with the same ids as `strandedWords` gives
 */
export function unseenDeletions(document: Y.Doc, update: Uint8Array, merge: () => void): Paragraph[] {
  const runs: Run[] = []
  // Letters are still there when they are deleted, and gone when the merging is over.
  const collect = ({ beforeState, deleteSet }: Y.Transaction) => {
    if (deleteSet.clients.size === 0) return
    const { ds } = Y.decodeUpdate(update)
    for (const client of deleteSet.clients.keys())
      for (const item of document.store.clients.get(client) ?? [])
        if (item.deleted)
          collectText(
            runs,
            item,
            (id) => id.clock < (beforeState.get(client) ?? 0) && Y.isDeleted(deleteSet, id) && !Y.isDeleted(ds, id),
          )
  }
  document.on('afterTransaction', collect)
  try {
    merge()
  } finally {
    document.off('afterTransaction', collect)
  }
  return asParagraphs(runs)
}

/** Adds the letters of an item that are lost, each behind that behind which it was written. */
function collectText(runs: Run[], item: Y.Item | Y.GC | Y.Skip, isLost: (id: Y.ID) => boolean) {
  if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) return
  const { client, clock } = item.id
  const characters = item.content.str
  for (let at = 0; at < characters.length; at += 1) {
    const id = Y.createID(client, clock + at)
    if (!isLost(id)) continue
    const previous = at > 0 ? Y.createID(client, id.clock - 1) : item.origin
    const run = runs.at(-1)
    if (run?.client === client && previous?.client === client && previous.clock === run.last) {
      run.text += characters.charAt(at)
      run.last = id.clock
    } else runs.push({ client, from: id.clock, last: id.clock, text: characters.charAt(at) })
  }
}

function isInDocument({ store }: Y.Doc, id: Y.ID): boolean {
  return id.clock < Y.getState(store, id.client) && !Y.getItem(store, id).deleted
}

const asParagraphs = (runs: Run[]) => runs.filter(({ text }) => text.trim() !== '').map(asParagraph)

function asParagraph({ client, from, text }: Run): Paragraph {
  return {
    type: 'paragraph',
    attrs: { id: `stranded-${client}-${from}` },
    content: [{ type: 'text', text, marks: [] }],
  }
}

/** Which tabs wrote these words, by the numbers they have in the document. */
export const clientsOf = (paragraphs: Paragraph[]): number[] => [
  ...new Set(paragraphs.map(({ attrs: { id } }) => Number(id.split('-')[1]))),
]
