import type { Node } from '@tiptap/pm/model'

export type Range = { from: number; to: number }

/** @param start the position of the textblock's first character */
export function forEachTextblock(doc: Node, visit: (textblock: Node, start: number) => void) {
  doc.descendants((node, pos) => {
    if (!node.isTextblock) return true
    visit(node, pos + 1)
    return false
  })
}

/** The text of a textblock, as long as its content: every other node is one character that cannot be typed. */
export const textblockText = (textblock: Node): string =>
  textblock.textBetween(0, textblock.content.size, undefined, '\ufffc')
