import { Fragment, Slice, type Node } from '@tiptap/pm/model'
import { typesWithId } from '@/domain/body/blocks'
import { newBlockId } from '../block-id'

/**
 * Gives every pasted block its id before it is inserted. `UniqueID` would change each block behind that, one by one, and each change copies the list
 * of all blocks: 30,000 paragraphs took minutes.
 */
export const withIds = ({ content, openStart, openEnd }: Slice): Slice => new Slice(idsIn(content), openStart, openEnd)

export const idsIn = (content: Fragment): Fragment => Fragment.from(content.content.map(withId))

function withId(node: Node): Node {
  if (node.isText) return node
  const isMissing = typesWithId.includes(node.type.name) && node.attrs.id == null
  const attrs = isMissing ? { ...node.attrs, id: newBlockId() } : node.attrs
  return node.type.create(attrs, node.isTextblock ? node.content : idsIn(node.content), node.marks)
}
