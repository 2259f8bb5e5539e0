import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { firstDirection, mainDirection, textDirection } from '@/lib/text-direction'
import { textblockText } from './find/textblocks'

const key = new PluginKey<DecorationSet>('textDirection')

/** Gives lines and blocks the direction that they have for readers (components/reader/direction.ts). It is no part of the document. */
export const TextDirection = Extension.create({
  name: 'textDirection',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: (_config, { doc }) => decorationsFor(doc),
        apply: (tr, decorations) => (tr.docChanged ? decorationsFor(tr.doc) : decorations),
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
})

function decorationsFor(doc: Node): DecorationSet {
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
  return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations)
}

function directionOf(node: Node): 'ltr' | 'rtl' {
  if (!node.isTextblock) return mainDirection(node.textBetween(0, node.content.size, '\n')) ?? 'ltr'
  const text = textblockText(node)
  const direction = textDirection(text)
  return direction === 'auto' ? firstDirection(text) : direction
}

/** By node: nodes are immutable, so only a changed one is looked at again. */
const cache = new WeakMap<Node, boolean>()

function hasRightToLeft(node: Node): boolean {
  const cached = cache.get(node)
  if (cached !== undefined) return cached
  const has = node.isTextblock
    ? firstDirection(textblockText(node)) === 'rtl' || mainDirection(textblockText(node)) === 'rtl'
    : childrenOf(node).some(hasRightToLeft)
  cache.set(node, has)
  return has
}

const childrenOf = (node: Node) => Array.from({ length: node.childCount }, (_, index) => node.child(index))
