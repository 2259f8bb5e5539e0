import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** How far from an edge of the window, or from a bar at it, a caret is brought. CSS pixels, as ProseMirror has it. */
const MARGIN = 5

const TOOLBAR = '.toolbar'
const SAVE_BAR = '.save-bar'

/** The tools stay at the upper edge of the window, the buttons of the form at the lower one: a line behind them is scrolled to, for it is not seen there. */
export const ScrollMargins = Extension.create({
  name: 'clearOfBars',
  addProseMirrorPlugins() {
    const { editor } = this
    const insets = (margin: number) => ({
      left: margin,
      right: margin,
      get top() {
        return margin + stickyHeight(TOOLBAR, editor.view)
      },
      get bottom() {
        return margin + stickyHeight(SAVE_BAR, editor.view)
      },
    })
    return [
      new Plugin({
        key: new PluginKey('clearOfBars'),
        props: { scrollThreshold: insets(0), scrollMargin: insets(MARGIN) },
      }),
    ]
  },
})

/** Scrolls a place into the middle of what the bars leave free of the window. */
export function scrollToMiddle(view: EditorView, pos: number) {
  const [above, below] = [stickyHeight(TOOLBAR, view), stickyHeight(SAVE_BAR, view)]
  const caretBox = view.coordsAtPos(pos)
  const viewportHeight = window.visualViewport?.height ?? window.innerHeight
  window.scrollBy(0, (caretBox.top + caretBox.bottom) / 2 - (above + viewportHeight - below) / 2)
}

/** @returns the height of a bar as far as it stays, in CSS pixels */
function stickyHeight(bar: string, { dom }: EditorView): number {
  const element = dom.closest('form')?.querySelector<HTMLElement>(bar)
  return element && getComputedStyle(element).position === 'sticky' ? element.offsetHeight : 0
}
