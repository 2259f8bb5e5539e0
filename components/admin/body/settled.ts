import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { useEffect, useState } from 'react'

/** Somebody who types is not interrupted: what stands around the text follows when they pause for so long. Milliseconds. */
const PAUSES_FOR = 150

/**
 * What is true of the editor where its caret is, for what is drawn around the text: at once after a click or a command, after a pause while
 * somebody types.
 * @param look the same function at every call; what it answers can be written as JSON
 */
export function useSettled<Answer>(editor: Editor, look: (editor: Editor) => Answer): Answer {
  const [answer, setAnswer] = useState(() => look(editor))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const lookAgain = () => {
      if (editor.isDestroyed) return
      const now = look(editor)
      setAnswer((before) => (JSON.stringify(now) === JSON.stringify(before) ? before : now))
    }
    const lookSoon = ({ transaction }: { transaction: Transaction }) => {
      clearTimeout(timer)
      timer = setTimeout(lookAgain, transaction.docChanged ? PAUSES_FOR : 0)
    }
    lookAgain()
    editor.on('transaction', lookSoon)
    return () => {
      clearTimeout(timer)
      editor.off('transaction', lookSoon)
    }
  }, [editor, look])
  return answer
}
