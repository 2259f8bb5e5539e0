import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { getRelativeSelection, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import type { RelativePosition } from 'yjs'
import { readCaret, writtenCaret, type Caret } from '@/domain/writing/caret'
import { colourOf } from '@/domain/writing/presence'
import { bindingIn, isFromDocument, type Binding } from './binding'
import type { Carets, TheirCaret } from './writing-context'

const key = new PluginKey<DecorationSet>('theirCarets')

/** Carets that moved are drawn this long after the first of them; while one writes oneself, once in so long. Milliseconds. */
const DRAWN_AFTER = { moving: 50, writing: 1000 }

/**
 * Shows where others write in the body. They stand in front of the document, not in it: nothing of them is copied, undone, read aloud or kept. While
 * somebody writes, they move along with the text; only what others write or where they go makes them be looked for again.
 */
export const theirCarets = (carets: Carets) =>
  Extension.create({
    name: 'theirCarets',
    addProseMirrorPlugins: () => {
      const lastPlaces = new Map<string, Caret>()
      let keyAt = -Infinity
      const noteKey = () => {
        keyAt = performance.now()
      }
      const draw = (doc: Node, binding: Binding | null) => {
        const all = carets.theirs()
        for (const one of lastPlaces.keys()) if (!all.some(({ key }) => key === one)) lastPlaces.delete(one)
        return DecorationSet.create(
          doc,
          binding === null ? [] : all.flatMap((theirs) => drawn(theirs, doc, binding, lastPlaces)),
        )
      }
      return [
        new Plugin<DecorationSet>({
          key,
          state: {
            init: () => DecorationSet.empty,
            apply: (tr, shown, before) => {
              const found = tr.getMeta(key) as DecorationSet | undefined
              if (found) return found
              return isFromDocument(tr) ? draw(tr.doc, bindingIn(before)) : shown.map(tr.mapping, tr.doc)
            },
          },
          props: {
            decorations: (state) => key.getState(state),
            handleDOMEvents: { keydown: noteKey, beforeinput: noteKey },
          },
          view: (view) => {
            const { soon, stop } = drawing(view, (state) => draw(state.doc, bindingIn(state)))
            const look = () => {
              const isWriting = performance.now() - keyAt < DRAWN_AFTER.writing
              soon(isWriting ? DRAWN_AFTER.writing : DRAWN_AFTER.moving)
            }
            const unwatch = carets.watch(look)
            const unfollow = carets.follow(() => ownCaret(view.state))
            look()
            return {
              update: ({ state }, before) => {
                const isWritten = state.doc !== before.doc
                if (isWritten && carets.theirs().length > 0) look()
                if (isWritten || !state.selection.eq(before.selection)) carets.moved()
              },
              destroy: () => {
                unwatch()
                unfollow()
                stop()
              },
            }
          },
        }),
      ]
    },
  })

/** Draws what has changed, after a while, once for all that asked meanwhile; never into a word that an input method is composing. */
function drawing(view: EditorView, draw: (state: EditorState) => DecorationSet) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    timer = undefined
    if (view.composing) return soon(DRAWN_AFTER.writing)
    const { state } = view
    const found = draw(state)
    if (isSame(found, key.getState(state))) return
    view.dispatch(state.tr.setMeta(key, found).setMeta('addToHistory', false))
  }
  const soon = (milliseconds: number) => {
    timer ??= setTimeout(now, milliseconds)
  }
  return { soon, stop: () => clearTimeout(timer) }
}

const isSame = (one: DecorationSet, other: DecorationSet | undefined) => inWords(one) === inWords(other)

const inWords = (set: DecorationSet | undefined) =>
  JSON.stringify(set?.find().map(({ from, to, spec }) => [from, to, (spec as { key?: string }).key]))

function ownCaret(state: EditorState): string | null {
  const binding = bindingIn(state)
  if (binding === null) return null
  try {
    return writtenCaret(getRelativeSelection(binding as never, state) as Caret)
  } catch {
    // Between two changes the editor may be ahead of its document.
    return null
  }
}

/** @param lastPlaces where each was found last: what it names now may be a letter that is still on its way */
function drawn(theirs: TheirCaret, doc: Node, binding: Binding, lastPlaces: Map<string, Caret>): Decoration[] {
  const told = readCaret(theirs.place)
  const known = lastPlaces.get(theirs.key)
  const now = told && placed(told, doc, binding)
  if (now) lastPlaces.set(theirs.key, told)
  const place = now ?? (known && placed(known, doc, binding))
  if (!place) return []
  const [from, to] = [Math.min(place.anchor, place.head), Math.max(place.anchor, place.head)]
  const look = { class: 'their-selection', 'data-colour': String(colourOf(theirs)) }
  const selected = Decoration.inline(from, to, look, { key: theirs.key })
  if (!doc.resolve(place.head).parent.inlineContent)
    return [Decoration.node(from, to, look, { key: theirs.key }), selected]
  const spec = { key: `${theirs.key} ${theirs.moves}`, side: 10, ignoreSelection: true }
  return [selected, Decoration.widget(place.head, () => mark(theirs), spec)]
}

function placed({ anchor, head }: Caret, doc: Node, binding: Binding): { anchor: number; head: number } | null {
  const [from, to] = [placeOf(anchor, doc, binding), placeOf(head, doc, binding)]
  return from === null || to === null ? null : { anchor: from, head: to }
}

/** @returns null for a place that is not in this body */
function placeOf(place: RelativePosition, doc: Node, { doc: words, type, mapping }: Binding): number | null {
  try {
    const at = relativePositionToAbsolutePosition(words, type, place, mapping as never)
    return at !== null && at >= 0 && at <= doc.content.size ? at : null
  } catch {
    return null
  }
}

/** Its words are drawn by the stylesheet: there is no letter in it that could be selected, searched or read aloud. */
function mark({ name, initials, ...theirs }: TheirCaret): HTMLElement {
  const element = document.createElement('span')
  element.className = 'their-caret'
  element.setAttribute('aria-hidden', 'true')
  Object.assign(element.dataset, { name, initials, colour: colourOf(theirs) })
  // A name near the end of its line would be cut off.
  requestAnimationFrame(() => {
    const { offsetParent, offsetLeft } = element
    element.toggleAttribute('data-late', offsetParent !== null && offsetLeft > offsetParent.clientWidth / 2)
  })
  return element
}
