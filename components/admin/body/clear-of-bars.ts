import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** How far from an edge of the window, or from a bar at it, a caret is brought. CSS pixels, as ProseMirror has it. */
const MARGIN = 5

const TOOLS = '.toolbar'
const BUTTONS = '.save-bar'

/** The tools stay at the upper edge of the window, the buttons of the form at the lower one: a line behind them is scrolled to, for it is not seen there. */
export const ClearOfBars = Extension.create({
  name: 'clearOfBars',
  addProseMirrorPlugins() {
    const { editor } = this
    const sides = (margin: number) => ({
      left: margin,
      right: margin,
      get top() {
        return margin + heightOf(TOOLS, editor.view)
      },
      get bottom() {
        return margin + heightOf(BUTTONS, editor.view)
      },
    })
    return [
      new Plugin({
        key: new PluginKey('clearOfBars'),
        props: { scrollThreshold: sides(0), scrollMargin: sides(MARGIN) },
      }),
    ]
  },
})

/** Scrolls a place into the middle of what the bars leave free of the window. */
export function bringToMiddle(view: EditorView, place: number) {
  const [above, below] = [heightOf(TOOLS, view), heightOf(BUTTONS, view)]
  const line = view.coordsAtPos(place)
  const seen = window.visualViewport?.height ?? window.innerHeight
  window.scrollBy(0, (line.top + line.bottom) / 2 - (above + seen - below) / 2)
}

/** @returns the height of a bar as far as it stays, in CSS pixels */
function heightOf(bar: string, { dom }: EditorView): number {
  const there = dom.closest('form')?.querySelector<HTMLElement>(bar)
  return there && getComputedStyle(there).position === 'sticky' ? there.offsetHeight : 0
}
