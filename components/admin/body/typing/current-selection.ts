import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/**
 * Reads the browser's selection before a key acts. A browser tells of a moved caret in a task of its own (`selectionchange`): on a busy page the next
 * key comes before it, and ProseMirror would split the line, or write into it, where the caret was.
 */
export const CurrentSelection = Extension.create({
  name: 'currentSelection',
  // Before all keys.
  priority: 2000,
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('currentSelection'),
      props: { handleDOMEvents: { keydown: readSelection, beforeinput: readSelection, paste: readSelection } },
    }),
  ],
})

function readSelection(view: EditorView, event: Event): false {
  const isComposing = view.composing || ('isComposing' in event && event.isComposing === true)
  if (isComposing || !view.editable || !(view.state.selection instanceof TextSelection)) return false
  const selection = selectionOf(view)
  if (selection && !selection.eq(view.state.selection)) view.dispatch(view.state.tr.setSelection(selection))
  return false
}

/** The browser's selection; null where it is not in the editor, or not in text. */
function selectionOf(view: EditorView): TextSelection | null {
  const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection() ?? {}
  if (!anchorNode || !focusNode || anchorOffset === undefined || focusOffset === undefined) return null
  if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null
  const { doc } = view.state
  const [$anchor, $head] = [
    doc.resolve(view.posAtDOM(anchorNode, anchorOffset)),
    doc.resolve(view.posAtDOM(focusNode, focusOffset)),
  ]
  return $anchor.parent.inlineContent && $head.parent.inlineContent ? new TextSelection($anchor, $head) : null
}
