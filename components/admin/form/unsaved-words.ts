import { useEffect, useState, type RefObject } from 'react'
import type { Writing } from '../writing/writing-context'

export type UnsavedWords = {
  typed: () => void
  sent: () => void
  saved: () => void
  left: () => void
  any: () => boolean
}

/**
 * Counts what is typed in a form, and asks before the page is left while there are words that no answer has confirmed.
 * @param writing the shared document that the form's words are kept in while they are typed; null where there is none
 */
export function useUnsavedWords(form: RefObject<HTMLFormElement | null>, writing: Writing | null): UnsavedWords {
  const [words] = useState(countWords)
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const unsafe = writing ? writing.atRisk() : words.any()
      if (form.current?.isConnected && unsafe) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [form, words, writing])
  return words
}

/** Only what had been typed when the form was sent counts as saved: typing goes on while an answer is under way. */
function countWords(): UnsavedWords {
  const edits = { typed: 0, sent: 0, saved: 0 }
  return {
    typed: () => void (edits.typed += 1),
    sent: () => void (edits.sent = edits.typed),
    saved: () => void (edits.saved = edits.sent),
    left: () => void (edits.saved = edits.typed),
    any: () => edits.typed > edits.saved,
  }
}
