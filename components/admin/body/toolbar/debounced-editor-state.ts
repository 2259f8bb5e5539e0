import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { useEffect, useState } from 'react'

/** The pause in typing after which the toolbar is updated. Milliseconds. */
const TYPING_DELAY = 150

/**
 * Selects state of the editor for the UI around it, updated at once after a click or a command and after a pause while typing.
 * @param selector the same function in every render; its result must be serializable as JSON
 */
export function useDebouncedEditorState<State>(editor: Editor, selector: (editor: Editor) => State): State {
  const [state, setState] = useState(() => selector(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const update = () => {
      if (editor.isDestroyed) return
      const next = selector(editor)
      setState((previous) => (JSON.stringify(next) === JSON.stringify(previous) ? previous : next))
    }
    const scheduleUpdate = ({ transaction }: { transaction: Transaction }) => {
      clearTimeout(timer)
      timer = setTimeout(update, transaction.docChanged ? TYPING_DELAY : 0)
    }
    update()
    editor.on('transaction', scheduleUpdate)
    return () => {
      clearTimeout(timer)
      editor.off('transaction', scheduleUpdate)
    }
  }, [editor, selector])
  return state
}
