import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** How far from an edge of the window, or from a bar at it, a caret is brought. CSS pixels, as ProseMirror has it. */
const MARGIN = 5

/** The tools stay at the upper edge of the window, the buttons of the form at the lower one: a line behind them is scrolled to, for it is not seen there. */
export const ClearOfBars = Extension.create({
  name: 'clearOfBars',
  addProseMirrorPlugins() {
    const { editor } = this
    const sides = (margin: number) => ({
      left: margin,
      right: margin,
      get top() {
        return margin + coveredBy(editor.view).above
      },
      get bottom() {
        return margin + coveredBy(editor.view).below
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
  const { above, below } = coveredBy(view)
  const line = view.coordsAtPos(place)
  const seen = window.visualViewport?.height ?? window.innerHeight
  window.scrollBy(0, (line.top + line.bottom) / 2 - (above + seen - below) / 2)
}

/** @returns the heights of the two bars as far as they stay, in CSS pixels */
function coveredBy({ dom }: EditorView) {
  const form = dom.closest('form')
  const height = (selector: string) => {
    const bar = form?.querySelector<HTMLElement>(selector)
    return bar && getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight : 0
  }
  return { above: height('.toolbar'), below: height('.save-bar') }
}
