import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { getRelativeSelection, relativePositionToAbsolutePosition } from '@tiptap/y-tiptap'
import type { RelativePosition } from 'yjs'
import { decodeCaret, encodeCaret, type Caret } from '@/domain/collaboration/presence/caret'
import { colourOf } from '@/domain/collaboration/presence/presence'
import type { Awareness, RemoteCaret } from '../presence/awareness'
import { bindingOf, isFromDocument, type Binding } from './editor-binding'

const key = new PluginKey<DecorationSet>('remoteCarets')

/** Delay between a change and the next drawing: short, or longer while the local person writes. Milliseconds. */
const DRAW_DELAY = { moving: 50, writing: 1000 }

/** Decorations are not copied, undone, read aloud or stored. Local changes map them; remote changes and moved carets resolve positions again. */
export const remoteCarets = (awareness: Awareness) =>
  Extension.create({
    name: 'remoteCarets',
    addProseMirrorPlugins: () => {
      const lastPositions = new Map<string, Caret>()
      let lastKeyAt = -Infinity
      const onKey = () => void (lastKeyAt = performance.now())
      const draw = (doc: Node, binding: Binding | null) => {
        const all = awareness.remoteCarets()
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
            const { schedule, stop } = drawLoop(view, (state) => draw(state.doc, bindingOf(state)))
            const scheduleDraw = () => {
              const isWriting = performance.now() - lastKeyAt < DRAW_DELAY.writing
              schedule(isWriting ? DRAW_DELAY.writing : DRAW_DELAY.moving)
            }
            const unsubscribe = awareness.subscribe(scheduleDraw)
            const stopTracking = awareness.trackLocal(() => localCaret(view.state))
            scheduleDraw()
            return {
              update: ({ state }, before) => {
                const isWritten = state.doc !== before.doc
                if (isWritten && awareness.remoteCarets().length > 0) scheduleDraw()
                if (isWritten || !state.selection.eq(before.selection)) awareness.localMoved()
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

/** Draws at most once per delay, and not while an input method is composing. */
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
  return { schedule, stop: () => clearTimeout(timer) }
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
    // Between two transactions the editor may be ahead of its document.
    return null
  }
}

/** @param lastPositions shown instead where a caret refers to a character that has not arrived yet */
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

/** @returns null for a position outside this body */
function resolvePosition(position: RelativePosition, doc: Node, { doc: ydoc, type, mapping }: Binding): number | null {
  try {
    const at = relativePositionToAbsolutePosition(ydoc, type, position, mapping as never)
    return at !== null && at >= 0 && at <= doc.content.size ? at : null
  } catch {
    return null
  }
}

/** The stylesheet draws the name, so that there is no text to select, search or read aloud. */
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
