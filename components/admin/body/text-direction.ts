import type { Node } from '@tiptap/pm/model'
import { Decoration } from '@tiptap/pm/view'
import { firstDirection, mainDirection, textDirection } from '@/lib/text-direction'
import { textblockText } from './find/textblocks'
import { documentDecorations, ofEachNode } from './document-decorations'

/** Gives lines and blocks the direction that they have for readers (components/reader/direction.ts). It is no part of the document. */
export const TextDirection = documentDecorations('textDirection', (doc) => {
  const decorations: Decoration[] = []
  doc.descendants((node, position) => {
    if (node.isInline) return false
    // Where nothing runs from right to left, nothing needs to say so.
    if (!hasRightToLeft(node)) return false
    decorations.push(Decoration.node(position, position + node.nodeSize, { dir: directionOf(node) }))
    node.forEach((child, offset) => {
      if (!child.isInline && !hasRightToLeft(child))
        decorations.push(
          Decoration.node(position + 1 + offset, position + 1 + offset + child.nodeSize, { dir: directionOf(child) }),
        )
    })
    return true
  })
  return decorations
})

function directionOf(node: Node): 'ltr' | 'rtl' {
  if (!node.isTextblock) return mainDirection(node.textBetween(0, node.content.size, '\n')) ?? 'ltr'
  const text = textblockText(node)
  const direction = textDirection(text)
  return direction === 'auto' ? firstDirection(text) : direction
}

const hasRightToLeft = ofEachNode((node): boolean =>
  node.isTextblock
    ? firstDirection(textblockText(node)) === 'rtl' || mainDirection(textblockText(node)) === 'rtl'
    : node.children.some((child) => hasRightToLeft(child)),
)
