import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { findUnresolved } from '@/domain/copy/flaws'
import { forEachTextblock, textblockText, type Range } from './textblocks'

const key = new PluginKey<DecorationSet>('unresolved')

/** Highlights text that is still to come: publishing refuses it. */
export const UnresolvedMarks = Extension.create({
  name: 'unresolvedMarks',
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
  forEachTextblock(doc, (textblock, start) => {
    for (const { from, to } of unresolvedIn(textblock))
      decorations.push(Decoration.inline(start + from, start + to, { class: 'unresolved', title: 'To come' }))
  })
  return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations)
}

/** By textblock: nodes are immutable, so only a changed one is searched again. */
const cache = new WeakMap<Node, Range[]>()

function unresolvedIn(textblock: Node): Range[] {
  const cached = cache.get(textblock)
  if (cached !== undefined) return cached
  const ranges = findUnresolved(textblockText(textblock))
  cache.set(textblock, ranges)
  return ranges
}
