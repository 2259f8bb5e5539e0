import { ContentType, Item, XmlElement, type Doc, type Transaction, type UndoManager } from 'yjs'

type SharedType = ContentType['type']

/**
 * Whether undo may delete what one inserted. y-tiptap 3.0.9 protects paragraphs with words only: with one's heading, list or table, what others wrote
 * into it would go. Yjs asks for the last item first, so one's own words are gone when their block is asked for.
 */
export function mayUndoDelete({ content, parent, parentSub, id }: Item): boolean {
  if (content instanceof ContentType) return lengthOf(content.type) === 0
  // A block that stays keeps its name for life.
  if (parentSub === 'id' && parent instanceof XmlElement) return !holdsItemsOfOthers(parent, id.client)
  return true
}

const lengthOf = (type: SharedType): number => type._length

function holdsItemsOfOthers(type: SharedType, client: number): boolean {
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.countable && item.id.client !== client) return true
    if (item.content instanceof ContentType && holdsItemsOfOthers(item.content.type, client)) return true
  }
  return false
}

/**
 * Keeps apart what an undo step restores. Yjs 13.6 merges restored letters of several people into one item; undoing an older step of one then deletes
 * the whole item (`popStackItem` splits it at its start only).
 * @returns a function that ends it
 */
export function keepRestoredApart(document: Doc, manager: UndoManager): () => void {
  const mark = ({ origin, beforeState, doc: { store } }: Transaction) => {
    if (origin !== manager) return
    for (const [client, structs] of store.clients) {
      const before = beforeState.get(client) ?? 0
      for (let at = structs.length - 1; at >= 0; at -= 1) {
        const struct = structs[at]
        if (!struct || struct.id.clock < before) break
        if (struct instanceof Item) struct.content.mergeWith = () => false
      }
    }
  }
  document.on('afterTransaction', mark)
  return () => document.off('afterTransaction', mark)
}
