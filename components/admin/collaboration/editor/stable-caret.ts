import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection, type EditorState } from '@tiptap/pm/state'
import { getRelativeSelection, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import {
  createAbsolutePositionFromRelativePosition,
  type AbsolutePosition,
  type RelativePosition,
  type Transaction,
} from 'yjs'
import { bindingOf, isRemoteChange, type Binding } from './editor-binding'
import { relocatedPosition } from './relocate-position'

type SavedPosition = { position: RelativePosition; parentType: AbsolutePosition['type'] | undefined }
type SavedSelection = { anchor: SavedPosition | null; head: SavedPosition | null }

/**
 * Keeps the caret between the same characters while others write in the same block. y-tiptap 3.0.9 replaces every block whose text has changed, and
 * restores the caret at its old offset in the block, or at the end of a block whose type has changed.
 */
export const StableCaret = Extension.create({
  name: 'stableCaret',
  addProseMirrorPlugins() {
    let saved: SavedSelection | null = null
    return [
      new Plugin({
        key: new PluginKey('stableCaret'),
        view: (view) => {
          const binding = bindingOf(view.state)
          // Local changes move the caret themselves.
          const save = ({ local }: Transaction) => {
            if (!local) saved = binding && savedSelection(binding, view.state)
          }
          binding?.doc.on('beforeTransaction', save)
          return { destroy: () => binding?.doc.off('beforeTransaction', save) }
        },
        appendTransaction: (transactions, before, now) => {
          const binding = bindingOf(now)
          const isRemote = transactions.some(isRemoteChange)
          if (!isRemote || !binding || !saved || !(before.selection instanceof TextSelection)) return null
          const position = (end: 'anchor' | 'head') =>
            positionNow(saved?.[end] ?? null, before.selection[end], { binding, before, now })
          const [anchor, head] = [position('anchor'), position('head')]
          if (anchor === null || head === null) return null
          if (now.selection.anchor === anchor && now.selection.head === head) return null
          return now.tr.setSelection(TextSelection.create(now.doc, anchor, head)).setMeta('addToHistory', false)
        },
      }),
    ]
  },
})

function savedSelection(binding: Binding, state: EditorState): SavedSelection {
  const ends = getRelativeSelection(binding as never, state) as Record<'anchor' | 'head', RelativePosition | null>
  const save = (position: RelativePosition | null) =>
    position && { position, parentType: createAbsolutePositionFromRelativePosition(position, binding.doc)?.type }
  return { anchor: save(ends.anchor), head: save(ends.head) }
}

type Change = { binding: Binding; before: EditorState; now: EditorState }

function positionNow(saved: SavedPosition | null, from: number, { binding, before, now }: Change): number | null {
  if (saved === null) return null
  if (saved.parentType?._item?.deleted) return relocatedPosition(before.doc, from, now.doc)
  const { doc, type, mapping } = binding
  const position = relativePositionToAbsolutePosition(doc, type, saved.position, mapping as never)
  return position !== null && isSameBlock(before, from, now, position) ? position : null
}

function isSameBlock(before: EditorState, from: number, now: EditorState, to: number): boolean {
  if (from > before.doc.content.size || to > now.doc.content.size) return false
  const [block, blockNow] = [before.doc.resolve(from).parent, now.doc.resolve(to).parent]
  return block.isTextblock && blockNow.isTextblock && block.attrs.id !== null && block.attrs.id === blockNow.attrs.id
}
