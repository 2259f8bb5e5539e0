import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection, type EditorState } from '@tiptap/pm/state'
import { getRelativeSelection, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import type { RelativePosition, Transaction } from 'yjs'
import { bindingIn, isFromOthers, type Binding } from './binding'

type Kept = { anchor: RelativePosition | null; head: RelativePosition | null }

/**
 * Keeps the caret at its words while others write in the same block. y-tiptap 3.0.9 knows where it belongs, but takes every block whose text has
 * changed for another one, and puts the caret back to where it was counted from the block's beginning: into the middle of what others typed before it.
 */
export const SteadyCaret = Extension.create({
  name: 'steadyCaret',
  addProseMirrorPlugins() {
    let kept: Kept | null = null
    return [
      new Plugin({
        key: new PluginKey('steadyCaret'),
        view: (view) => {
          const binding = bindingIn(view.state)
          // One's own keys move one's own caret; only what comes from elsewhere may move it away from its words.
          const keep = ({ local }: Transaction) => {
            if (!local) kept = binding && (getRelativeSelection(binding as never, view.state) as Kept)
          }
          binding?.doc.on('beforeTransaction', keep)
          return { destroy: () => binding?.doc.off('beforeTransaction', keep) }
        },
        appendTransaction: (transactions, before, now) => {
          const binding = bindingIn(now)
          const isRemote = transactions.some(isFromOthers)
          if (!isRemote || !binding || !kept || !(before.selection instanceof TextSelection)) return null
          const [anchor, head] = [placeNow(kept.anchor, binding), placeNow(kept.head, binding)]
          if (anchor === null || head === null) return null
          if (!isSameBlock(before, before.selection.head, now, head)) return null
          if (!isSameBlock(before, before.selection.anchor, now, anchor)) return null
          if (now.selection.anchor === anchor && now.selection.head === head) return null
          return now.tr.setSelection(TextSelection.create(now.doc, anchor, head)).setMeta('addToHistory', false)
        },
      }),
    ]
  },
})

function placeNow(kept: RelativePosition | null, { doc, type, mapping }: Binding): number | null {
  return kept && relativePositionToAbsolutePosition(doc, type, kept, mapping as never)
}

function isSameBlock(before: EditorState, from: number, now: EditorState, to: number): boolean {
  if (from > before.doc.content.size || to > now.doc.content.size) return false
  const [block, blockNow] = [before.doc.resolve(from).parent, now.doc.resolve(to).parent]
  return block.isTextblock && blockNow.isTextblock && block.attrs.id !== null && block.attrs.id === blockNow.attrs.id
}
