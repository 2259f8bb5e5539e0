import type { Node } from '@tiptap/pm/model'
import type { Inline } from '@/domain/body/inline'
import { plainInline } from '@/domain/body/plain-inline'

/** The selected positions of a document. */
export type Range = { from: number; to: number }

type Child = { node: Node; pos: number; index: number }

/** The children of which something is selected. @param start the position of the first child */
export function selectedChildren(parent: Node, start: number, range: Range): Child[] {
  const children: Child[] = []
  parent.forEach((node, offset, index) => {
    if (isCopied(node, start + offset, range)) children.push({ node, pos: start + offset, index })
  })
  return children
}

/** Whether something of a node is selected: a letter of it, or all of one without letters. */
export function isCopied(node: Node, pos: number, { from, to }: Range): boolean {
  const end = pos + node.nodeSize
  if (from <= pos && to >= end) return true
  if (node.isTextblock) return node.content.size > 0 && from < end - 1 && to > pos + 1
  if (node.isLeaf || from >= end || to <= pos) return false
  let isPartCopied = false
  node.forEach((child, offset) => {
    isPartCopied ||= isCopied(child, pos + 1 + offset, { from, to })
  })
  return isPartCopied
}

/** The selected part of a textblock. */
export const partOf = (textblock: Node, pos: number, { from, to }: Range): Node =>
  textblock.cut(Math.max(from - pos - 1, 0), Math.min(to - pos - 1, textblock.content.size))

/** The text of a textblock, with what its marks say. */
export const copiedInline = (textblock: Node): string =>
  plainInline(
    textblock.children.map((node): Inline => {
      if (!node.isText) return { type: 'hardBreak' }
      const marks = node.marks.map(({ type, attrs }) => ({ type: type.name, attrs }))
      return { type: 'text', text: node.text ?? '', marks: marks as never }
    }),
  )
