import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection, type EditorState } from '@tiptap/pm/state'
import { getRelativeSelection, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import {
  createAbsolutePositionFromRelativePosition,
  type AbsolutePosition,
  type RelativePosition,
  type Transaction,
} from 'yjs'
import { bindingIn, isFromOthers, type Binding } from './binding'
import { placeOfWords } from './place-of-words'

/** An end of a selection, and what of the document it stood in. */
type Kept = { place: RelativePosition; stoodIn: AbsolutePosition['type'] | undefined }
type KeptSelection = { anchor: Kept | null; head: Kept | null }

/**
 * Keeps the caret at its words while others write in the same block. y-tiptap 3.0.9 knows where it belongs, but takes every block whose text has
 * changed for another one, and puts the caret back to where it was counted from the block's beginning: into the middle of what others typed before it.
 * Where others made something else of the block, it puts it to the block's end.
 */
export const SteadyCaret = Extension.create({
  name: 'steadyCaret',
  addProseMirrorPlugins() {
    let kept: KeptSelection | null = null
    return [
      new Plugin({
        key: new PluginKey('steadyCaret'),
        view: (view) => {
          const binding = bindingIn(view.state)
          // One's own keys move one's own caret; only what comes from elsewhere may move it away from its words.
          const keep = ({ local }: Transaction) => {
            if (!local) kept = binding && keptOf(binding, view.state)
          }
          binding?.doc.on('beforeTransaction', keep)
          return { destroy: () => binding?.doc.off('beforeTransaction', keep) }
        },
        appendTransaction: (transactions, before, now) => {
          const binding = bindingIn(now)
          const isRemote = transactions.some(isFromOthers)
          if (!isRemote || !binding || !kept || !(before.selection instanceof TextSelection)) return null
          const place = (end: 'anchor' | 'head') =>
            placeNow(kept?.[end] ?? null, before.selection[end], { binding, before, now })
          const [anchor, head] = [place('anchor'), place('head')]
          if (anchor === null || head === null) return null
          if (now.selection.anchor === anchor && now.selection.head === head) return null
          return now.tr.setSelection(TextSelection.create(now.doc, anchor, head)).setMeta('addToHistory', false)
        },
      }),
    ]
  },
})

function keptOf(binding: Binding, state: EditorState): KeptSelection {
  const ends = getRelativeSelection(binding as never, state) as Record<'anchor' | 'head', RelativePosition | null>
  const keep = (place: RelativePosition | null) =>
    place && { place, stoodIn: createAbsolutePositionFromRelativePosition(place, binding.doc)?.type }
  return { anchor: keep(ends.anchor), head: keep(ends.head) }
}

type Change = { binding: Binding; before: EditorState; now: EditorState }

function placeNow(kept: Kept | null, from: number, { binding, before, now }: Change): number | null {
  if (kept === null) return null
  if (kept.stoodIn?._item?.deleted) return placeOfWords(before.doc, from, now.doc)
  const { doc, type, mapping } = binding
  const place = relativePositionToAbsolutePosition(doc, type, kept.place, mapping as never)
  return place !== null && isSameBlock(before, from, now, place) ? place : null
}

function isSameBlock(before: EditorState, from: number, now: EditorState, to: number): boolean {
  if (from > before.doc.content.size || to > now.doc.content.size) return false
  const [block, blockNow] = [before.doc.resolve(from).parent, now.doc.resolve(to).parent]
  return block.isTextblock && blockNow.isTextblock && block.attrs.id !== null && block.attrs.id === blockNow.attrs.id
}
