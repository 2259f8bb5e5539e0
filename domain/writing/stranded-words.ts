import * as Y from 'yjs'
import type { Paragraph } from '../body/body'

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
export function strandedWords(update: Uint8Array, document: Y.Doc, before: Map<number, number>): Paragraph[] {
  const { structs, ds } = Y.decodeUpdate(update)
  const runs: Run[] = []
  for (const item of structs) {
    if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) continue
    const { client, clock } = item.id
    const letters = item.content.str
    for (let at = Math.max(0, (before.get(client) ?? 0) - clock); at < letters.length; at += 1) {
      const id = Y.createID(client, clock + at)
      if (hasPlace(document, id) || Y.isDeleted(ds, id)) continue
      const behind = at > 0 ? Y.createID(client, id.clock - 1) : item.origin
      const run = runs.at(-1)
      if (run?.client === client && behind?.client === client && behind.clock === run.last) {
        run.text += letters.charAt(at)
        run.last = id.clock
      } else runs.push({ client, from: id.clock, last: id.clock, text: letters.charAt(at) })
    }
  }
  return runs.filter(({ text }) => text.trim() !== '').map(asParagraph)
}

function hasPlace({ store }: Y.Doc, id: Y.ID): boolean {
  return id.clock < Y.getState(store, id.client) && !Y.getItem(store, id).deleted
}

function asParagraph({ client, from, text }: Run): Paragraph {
  return {
    type: 'paragraph',
    attrs: { id: `stranded-${client}-${from}` },
    content: [{ type: 'text', text, marks: [] }],
  }
}
