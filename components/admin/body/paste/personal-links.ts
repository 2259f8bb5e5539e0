import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { mayNamePerson } from '@/domain/body/link-wrappers'
import { forEachTextblock, type Range } from '../find/textblocks'

const key = new PluginKey<DecorationSet>('personalLinks')

export const PERSONAL_LINK = 'This link may tell readers who received it. Open it and put the address of the page here.'

/** Highlights links that may name a person and cannot be unwrapped. */
export const PersonalLinks = Extension.create({
  name: 'personalLinks',
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
    for (const { from, to } of personalLinksIn(textblock))
      decorations.push(Decoration.inline(start + from, start + to, { class: 'personal-link', title: PERSONAL_LINK }))
  })
  return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations)
}

/** By textblock: nodes are immutable, so only a changed one is searched again. */
const cache = new WeakMap<Node, Range[]>()

function personalLinksIn(textblock: Node): Range[] {
  const cached = cache.get(textblock)
  if (cached !== undefined) return cached
  const ranges: Range[] = []
  textblock.forEach((part, from) => {
    const href: unknown = part.marks.find(({ type }) => type.name === 'link')?.attrs.href
    if (typeof href === 'string' && mayNamePerson(href)) ranges.push({ from, to: from + part.nodeSize })
  })
  cache.set(textblock, ranges)
  return ranges
}
