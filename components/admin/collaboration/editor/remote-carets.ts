import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { getRelativeSelection, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import type { RelativePosition } from 'yjs'
import { decodeCaret, encodeCaret, type Caret } from '@/domain/collaboration/presence/caret'
import { colourOf } from '@/domain/collaboration/presence/presence'
import { bindingOf, isFromDocument, type Binding } from './editor-binding'
import type { CaretStore, RemoteCaret } from '../session/session-context'

const key = new PluginKey<DecorationSet>('theirCarets')

/** Carets that moved are drawn this long after the first of them; while one writes oneself, once in so long. Milliseconds. */
const DRAW_DELAY = { moving: 50, writing: 1000 }

/**
 * Shows where others write in the body. They stand in front of the document, not in it: nothing of them is copied, undone, read aloud or kept. While
 * somebody writes, they move along with the text; only what others write or where they go makes them be looked for again.
 */
export const remoteCarets = (carets: CaretStore) =>
  Extension.create({
    name: 'theirCarets',
    addProseMirrorPlugins: () => {
      const lastPositions = new Map<string, Caret>()
      let lastKeyAt = -Infinity
      const onKey = () => {
        lastKeyAt = performance.now()
      }
      const draw = (doc: Node, binding: Binding | null) => {
        const all = carets.remote()
        for (const one of lastPositions.keys()) if (!all.some(({ key }) => key === one)) lastPositions.delete(one)
        return DecorationSet.create(
          doc,
          binding === null ? [] : all.flatMap((caret) => decorationsFor(caret, doc, binding, lastPositions)),
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
              return isFromDocument(tr) ? draw(tr.doc, bindingOf(before)) : shown.map(tr.mapping, tr.doc)
            },
          },
          props: {
            decorations: (state) => key.getState(state),
            handleDOMEvents: { keydown: onKey, beforeinput: onKey },
          },
          view: (view) => {
            const { soon: schedule, stop } = drawLoop(view, (state) => draw(state.doc, bindingOf(state)))
            const scheduleDraw = () => {
              const isWriting = performance.now() - lastKeyAt < DRAW_DELAY.writing
              schedule(isWriting ? DRAW_DELAY.writing : DRAW_DELAY.moving)
            }
            const unsubscribe = carets.subscribe(scheduleDraw)
            const stopTracking = carets.trackLocal(() => localCaret(view.state))
            scheduleDraw()
            return {
              update: ({ state }, before) => {
                const isWritten = state.doc !== before.doc
                if (isWritten && carets.remote().length > 0) scheduleDraw()
                if (isWritten || !state.selection.eq(before.selection)) carets.localMoved()
              },
              destroy: () => {
                unsubscribe()
                stopTracking()
                stop()
              },
            }
          },
        }),
      ]
    },
  })

/** Draws what has changed, after a while, once for all that asked meanwhile; never into a word that an input method is composing. */
function drawLoop(view: EditorView, draw: (state: EditorState) => DecorationSet) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    timer = undefined
    if (view.composing) return schedule(DRAW_DELAY.writing)
    const { state } = view
    const found = draw(state)
    if (isSame(found, key.getState(state))) return
    view.dispatch(state.tr.setMeta(key, found).setMeta('addToHistory', false))
  }
  const schedule = (milliseconds: number) => {
    timer ??= setTimeout(now, milliseconds)
  }
  return { soon: schedule, stop: () => clearTimeout(timer) }
}

const isSame = (one: DecorationSet, other: DecorationSet | undefined) => serialized(one) === serialized(other)

const serialized = (set: DecorationSet | undefined) =>
  JSON.stringify(set?.find().map(({ from, to, spec }) => [from, to, (spec as { key?: string }).key]))

function localCaret(state: EditorState): string | null {
  const binding = bindingOf(state)
  if (binding === null) return null
  try {
    return encodeCaret(getRelativeSelection(binding as never, state) as Caret)
  } catch {
    // Between two changes the editor may be ahead of its document.
    return null
  }
}

/** @param lastPositions where each was found last: what it names now may be a letter that is still on its way */
function decorationsFor(
  caret: RemoteCaret,
  doc: Node,
  binding: Binding,
  lastPositions: Map<string, Caret>,
): Decoration[] {
  const decoded = decodeCaret(caret.position)
  const known = lastPositions.get(caret.key)
  const now = decoded && resolvedCaret(decoded, doc, binding)
  if (now) lastPositions.set(caret.key, decoded)
  const position = now ?? (known && resolvedCaret(known, doc, binding))
  if (!position) return []
  const [from, to] = [Math.min(position.anchor, position.head), Math.max(position.anchor, position.head)]
  const attributes = { class: 'their-selection', 'data-colour': String(colourOf(caret)) }
  const selected = Decoration.inline(from, to, attributes, { key: caret.key })
  if (!doc.resolve(position.head).parent.inlineContent)
    return [Decoration.node(from, to, attributes, { key: caret.key }), selected]
  const spec = { key: `${caret.key} ${caret.moves}`, side: 10, ignoreSelection: true }
  return [selected, Decoration.widget(position.head, () => caretElement(caret), spec)]
}

function resolvedCaret({ anchor, head }: Caret, doc: Node, binding: Binding): { anchor: number; head: number } | null {
  const [from, to] = [resolvePosition(anchor, doc, binding), resolvePosition(head, doc, binding)]
  return from === null || to === null ? null : { anchor: from, head: to }
}

/** @returns null for a place that is not in this body */
function resolvePosition(position: RelativePosition, doc: Node, { doc: ydoc, type, mapping }: Binding): number | null {
  try {
    const at = relativePositionToAbsolutePosition(ydoc, type, position, mapping as never)
    return at !== null && at >= 0 && at <= doc.content.size ? at : null
  } catch {
    return null
  }
}

/** Its words are drawn by the stylesheet: there is no letter in it that could be selected, searched or read aloud. */
function caretElement({ name, initials, ...caret }: RemoteCaret): HTMLElement {
  const element = document.createElement('span')
  element.className = 'their-caret'
  element.setAttribute('aria-hidden', 'true')
  Object.assign(element.dataset, { name, initials, colour: colourOf(caret) })
  // A name near the end of its line would be cut off.
  requestAnimationFrame(() => {
    const { offsetParent, offsetLeft } = element
    element.toggleAttribute('data-late', offsetParent !== null && offsetLeft > offsetParent.clientWidth / 2)
  })
  return element
}
