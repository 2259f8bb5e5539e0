import { useEffect, useState, type RefObject } from 'react'
import type { DocumentSession } from '../../admin/collaboration/session/session-context'

export type UnsavedChanges = {
  onInput: () => void
  onSubmit: () => void
  onSaved: () => void
  discard: () => void
  hasUnsaved: () => boolean
}

/**
 * Counts what is typed in a form, and asks before the page is left while there are words that no answer has confirmed.
 * @param session the shared document that the form's words are kept in while they are typed; null where there is none
 */
export function useUnsavedChanges(
  form: RefObject<HTMLFormElement | null>,
  session: DocumentSession | null,
): UnsavedChanges {
  const [changes] = useState(editCounter)
  useEffect(() => {
    const confirmLeaving = (event: BeforeUnloadEvent) => {
      const wouldLose = session ? session.atRisk() : changes.hasUnsaved()
      if (form.current?.isConnected && wouldLose) event.preventDefault()
    }
    window.addEventListener('beforeunload', confirmLeaving)
    return () => window.removeEventListener('beforeunload', confirmLeaving)
  }, [form, changes, session])
  return changes
}

/** Only what had been typed when the form was sent counts as saved: typing goes on while an answer is under way. */
function editCounter(): UnsavedChanges {
  const counts = { typed: 0, sent: 0, saved: 0 }
  return {
    onInput: () => void (counts.typed += 1),
    onSubmit: () => void (counts.sent = counts.typed),
    onSaved: () => void (counts.saved = counts.sent),
    discard: () => void (counts.saved = counts.typed),
    hasUnsaved: () => counts.typed > counts.saved,
  }
}
