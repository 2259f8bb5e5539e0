import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** The distance of the caret from the window's edges and sticky bars after scrolling, as ProseMirror's default. CSS pixels. */
const MARGIN = 5

const TOOLBAR = '.toolbar'
const SAVE_BAR = '.save-bar'

/** Scrolls the caret clear of the sticky toolbar above and the sticky save bar below. */
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

/** Scrolls a position to the middle of the window between the bars. */
export function scrollToMiddle(view: EditorView, pos: number) {
  const [above, below] = [stickyHeight(TOOLBAR, view), stickyHeight(SAVE_BAR, view)]
  const caretBox = view.coordsAtPos(pos)
  const viewportHeight = window.visualViewport?.height ?? window.innerHeight
  window.scrollBy(0, (caretBox.top + caretBox.bottom) / 2 - (above + viewportHeight - below) / 2)
}

/** @returns the height of a bar if it is sticky, else 0. CSS pixels. */
function stickyHeight(bar: string, { dom }: EditorView): number {
  const element = dom.closest('form')?.querySelector<HTMLElement>(bar)
  return element && getComputedStyle(element).position === 'sticky' ? element.offsetHeight : 0
}
