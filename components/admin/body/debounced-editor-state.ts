import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { useEffect, useState } from 'react'

/** Somebody who types is not interrupted: what stands around the text follows when they pause for so long. Milliseconds. */
const TYPING_DELAY = 150

/**
 * What is true of the editor where its caret is, for what is drawn around the text: at once after a click or a command, after a pause while
 * somebody types.
 * @param selector the same function at every call; what it answers can be written as JSON
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
