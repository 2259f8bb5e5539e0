import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { DecorationSet, type Decoration } from '@tiptap/pm/view'

/** Decorations that follow from the document alone; `decorationsOf` runs for each change. They are no part of the document. */
export function documentDecorations(name: string, decorationsOf: (doc: Node) => Decoration[]) {
  const key = new PluginKey<DecorationSet>(name)
  const setFor = (doc: Node) => {
    const decorations = decorationsOf(doc)
    return decorations.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, decorations)
  }
  return Extension.create({
    name,
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_config, { doc }) => setFor(doc),
          apply: (tr, decorations) => (tr.docChanged ? setFor(tr.doc) : decorations),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ],
  })
}

/** Computes a value of each node once: nodes are immutable, so only a changed one is looked at again. */
export function ofEachNode<Value>(compute: (node: Node) => Value): (node: Node) => Value {
  const cache = new WeakMap<Node, { value: Value }>()
  return (node) => {
    const cached = cache.get(node)
    if (cached) return cached.value
    const value = compute(node)
    cache.set(node, { value })
    return value
  }
}
