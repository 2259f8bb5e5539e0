import * as Y from 'yjs'
import type { Paragraph } from '../../body/blocks/block'

/** Consecutive characters of one Yjs client. */
type Run = { client: number; from: number; last: number; text: string }

/**
 * The text of an update that is not in the document after the merge: another person deleted the paragraph around it, or what it follows is missing.
 * Yjs drops it silently, so it is read from the update. Text that its own client deleted is not included.
 * @param document after the merge
 * @param before the state vector before it; known text is not included
 * @returns a paragraph for each run, with the same id whenever the same text arrives
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
 * The text that the merge of an update deletes although its client had not seen it: another client's, in a block that the update deletes, joins or
 * replaces. The delete set of an update names every character that its client knew; these are deleted with their parent, without being named.
 * @param merge merges the update into the document
 * @returns a paragraph for each run, with ids as in `orphanedText`
 */
export function unseenDeletions(document: Y.Doc, update: Uint8Array, merge: () => void): Paragraph[] {
  const runs: Run[] = []
  // After the transaction Yjs drops the content of deleted items.
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

/** Appends the lost characters of an item to the run of the character before, or to a new one. */
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

/** The Yjs clients that wrote the paragraphs. */
export const clientsOf = (paragraphs: Paragraph[]): number[] => [
  ...new Set(paragraphs.map(({ attrs: { id } }) => Number(id.split('-')[1]))),
]
